/**
 * The official SDK of Python against the endpoint: its typed models read the right fields, its errors the right codes.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { root, scratch } from "../cli/support.js";
import { officialSdk } from "../sample/official-sdk.mjs";
import { served } from "./support.js";

const sdk = officialSdk();
const { file } = scratch();
const guide = readFileSync(join(root, "docs/serve.md"), "utf8");
const inventory = file("images.csv", /^```csv images.csv\n(.*?)^```$/ms.exec(guide)[1]);

test("alibabacloud-sas20181203 reads quota 3 and images 6", { skip: sdk.missing }, async (t) => {
  const { url, log } = await served(t, [
    inventory,
    "--cycle-start",
    "2026-11-01",
    "--access-key",
    "id:secret",
  ]);
  const script = join(root, "tests/serve/official.py");
  const { stdout } = await promisify(execFile)(sdk.python, [script, new URL(url).host], { timeout: 60_000 });
  assert.deepEqual(JSON.parse(stdout), {
    quota: 3,
    images: 6,
    page: { Count: 2, CurrentPage: 2, PageSize: 4, TotalCount: 6 },
    rows: 2,
    wrongSecret: "SignatureDoesNotMatch",
    wrongKey: "InvalidAccessKeyId.NotFound",
  });
  assert.ok(!log().includes("secret"));
});
