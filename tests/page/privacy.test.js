/** Nothing leaves the browser: every request goes home, and the policy that enforces it is in force. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addFilter,
  cycleInput,
  drop,
  figures,
  filterInput,
  openSample,
  options,
  remainingInput,
  smallCsv,
  verdict,
} from "./actions.js";
import { eventually, servePage } from "./support.js";

const { visit } = servePage();

test("over the whole way all requests go to the page's own origin, without an error or a violation", async (t) => {
  const { page, seen, url } = await visit(t);
  await openSample(page);
  await filterInput(page).focus();
  await page.keyboard.type("pay");
  await options(page).nth(1).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await filterInput(page).fill("");
  await addFilter(page, "Tag = latest");
  await remainingInput(page).fill("10");
  await eventually(async () => /Short by/.test(await verdict(page)), true);
  await cycleInput(page).fill("2026/11/01");
  await eventually(
    async () => (await page.locator(".breakdown-parts strong").allInnerTexts())[2] !== "0",
    true,
  );
  await drop(page, { name: "images.csv", text: smallCsv });
  await page.getByText("images.csv", { exact: true }).waitFor();
  await drop(page, { name: "bad.json", text: "[{" });
  await page.getByText("bad.json could not be read").waitFor();

  const foreign = seen.requests.filter((address) => !address.startsWith(url) && !address.startsWith("data:"));
  assert.deepEqual(foreign, []);
  assert.deepEqual(seen.violations, []);
  assert.deepEqual(seen.errors, []);
  const names = seen.requests.map((address) => new URL(address).pathname);
  // What the worker asks for is on record too: the record is not merely blind to it.
  for (const kind of [/worker-.*\.js$/, /\.wasm$/, /sample-inventory\.json$/]) {
    assert.ok(
      names.some((name) => kind.test(name)),
      `${kind} is not on record`,
    );
  }
});

test("a file that is opened is read without any request", async (t) => {
  const { page, seen } = await visit(t);
  await drop(page, { name: "images.csv", text: smallCsv });
  await eventually(() => figures(page), ["3", "2"]);
  await page.evaluate(() => document.fonts.ready);
  const before = seen.requests.length;
  await drop(page, { name: "again.csv", text: smallCsv });
  await page.getByText("again.csv", { exact: true }).waitFor();
  await filterInput(page).focus();
  await page.keyboard.type("Tag = lat");
  await options(page).nth(1).waitFor();
  await page.keyboard.type("est");
  await page.keyboard.press("Enter");
  await eventually(() => figures(page), ["1", "1"]);
  assert.deepEqual(
    seen.requests.slice(before).filter((address) => !address.endsWith(".woff2")),
    [],
  );
});

test("page, worker and all they load carry the policy", async (t) => {
  // A cache of its own: the answer "not modified" repeats no headers.
  const { page, seen } = await visit(t, {});
  await openSample(page);
  const ofKind = (kind) => seen.responses.find((response) => kind.test(new URL(response.url()).pathname));
  for (const kind of [/\/$/, /worker-.*\.js$/, /index-.*\.js$/, /\.wasm$/, /sample-inventory\.json$/]) {
    const response = ofKind(kind);
    assert.ok(response, `no response for ${kind}`);
    const headers = await response.allHeaders();
    const policy = headers["content-security-policy"] ?? "";
    assert.match(policy, /^default-src 'none';/, response.url());
    assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
    assert.match(policy, /connect-src 'self'(;|$)/);
    assert.match(policy, /require-trusted-types-for 'script'/);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["referrer-policy"], "no-referrer");
  }
  const meta = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.match(meta, /^default-src 'none';/);
});

test("the policy stops what it must: a foreign request from page and from worker, and text as code", async (t) => {
  const { page, seen } = await visit(t);
  await openSample(page);
  const ask = () =>
    fetch("http://127.0.0.1:9/stolen").then(
      () => "sent",
      () => "refused",
    );
  assert.equal(await page.evaluate(ask), "refused");
  assert.equal(await page.workers()[0].evaluate(ask), "refused");
  await eventually(
    () => seen.errors.filter((text) => /connect-src|Content Security Policy/.test(text)).length >= 2,
    true,
  );
  const markup = await page.evaluate(() => {
    try {
      document.body.innerHTML = "<p>text as markup</p>";
      return "taken";
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(markup, "TypeError");
});
