/**
 * The examples in docs/serve.md, each asked of an endpoint on the inventory that stands there.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root, scratch } from "../cli/support.js";
import { served } from "./support.js";

const { file } = scratch();
const guide = readFileSync(join(root, "docs/serve.md"), "utf8");
const inventory = file("images.csv", /^```csv images.csv\n(.*?)^```$/ms.exec(guide)[1]);
const examples = [...guide.matchAll(/^```http\n(.*?)\n```\n\n```json (\d+)\n(.*?)^```$/gms)];
const args = [inventory, "--capacity", "5", "--used", "2", "--cycle-start", "2026-11-01"];

test("docs/serve.md: each example is answered as it says", async (t) => {
  assert.equal(examples.length, 4);
  const { url } = await served(t, args);
  for (const [, path, status, text] of examples) {
    const response = await fetch(url + path);
    const { RequestId, HostId: _, ...answer } = await response.json();
    assert.equal(String(response.status), status, path);
    assert.deepEqual(answer, JSON.parse(text), path);
    assert.match(RequestId, /^[0-9A-F-]{36}$/);
  }
});

test("a task takes quota image by image and stops when it is gone", async (t) => {
  const { url } = await served(t, [
    inventory,
    "--capacity",
    "4",
    "--used",
    "2",
    "--cycle-start",
    "2026-11-01",
  ]);
  const ask = async (action) =>
    (await fetch(`${url}/?Action=${action}&Version=2018-12-03&Format=JSON`, { method: "POST" })).json();
  const { Data } = await ask("PublicCreateImageScanTask");
  assert.equal(Data.Status, "FAIL");
  assert.ok(Data.FinishCount < Data.TotalCount);
  assert.equal(Data.TotalCount, 6);
  assert.equal((await ask("DescribeImageScanAuthCount")).ImageScan.ScanCount, 4);
  assert.deepEqual((await ask("PublicPreCheckImageScanTask")).Data, { ScanImageCount: 1, NeedAuthCount: 6 });
});

test("without a Format the answer is XML; what is wrong is told by its code; a signal ends it", async (t) => {
  const { url, child, ended, log } = await served(t, args);
  const asked = async (path, options) => {
    const response = await fetch(url + path, options);
    return [response.status, await response.text()];
  };
  const version = "Version=2018-12-03";
  const [status, xml] = await asked(`/?Action=PublicPreCheckImageScanTask&${version}`);
  assert.equal(status, 200);
  assert.match(xml, /<Data><ScanImageCount>3<\/ScanImageCount><NeedAuthCount>6<\/NeedAuthCount><\/Data>/);
  for (const [path, code, expected] of [
    [`/?Action=Other&${version}`, "InvalidAction.NotFound", 404],
    ["/?Action=PublicPreCheckImageScanTask&Version=1", "InvalidParameter", 400],
    [`/?${version}`, "MissingParameter", 400],
    [`/?Action=PublicPreCheckImageScanTask&${version}&Tags=%zz`, "InvalidParameter", 400],
  ]) {
    const [found, text] = await asked(path);
    assert.equal(found, expected, path);
    assert.ok(text.includes(`<Code>${code}</Code>`), text);
  }
  assert.equal((await asked("/", { method: "PUT" }))[0], 405);
  assert.equal((await asked("/", { method: "POST", body: "a".repeat((1 << 20) + 1) }))[0], 413);
  assert.deepEqual(await asked("/healthz"), [200, "ok\n"]);
  assert.equal(log().trim().split("\n").length, 7);
  child.kill("SIGTERM");
  assert.deepEqual(await ended, [0, null]);
});

test("policies refuse with the kind of the reason", async (t) => {
  const Statement = [
    { Effect: "Allow", Action: "yundun-sas:Describe*", Resource: "*" },
    { Effect: "Deny", Action: "yundun-sas:PublicCreate*", Resource: "*" },
  ];
  const policy = file("policy.json", JSON.stringify({ Version: "1", Statement }));
  const { url } = await served(t, [...args, "--policy", policy]);
  const ask = async (action) =>
    (await fetch(`${url}/?Action=${action}&Version=2018-12-03&Format=JSON`)).json();
  assert.equal((await ask("DescribeImageScanAuthCount")).ImageScan.ScanCount, 2);
  for (const [action, reason] of [
    ["PublicPreCheckImageScanTask", "implicit-deny"],
    ["PublicCreateImageScanTask", "explicit-deny"],
  ]) {
    const { Code, Message } = await ask(action);
    assert.equal(Code, "NoPermission");
    assert.ok(Message.includes(reason), Message);
  }
});
