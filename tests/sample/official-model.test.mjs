/**
 * The sample has the shape that the service's official SDK gives to a reply of
 * `DescribeImageInstances`. Skipped, with the reason, where that SDK cannot be had.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { samplePages, samplePath } from "../../scripts/sample.mjs";
import { officialSdk } from "./official-sdk.mjs";

const sdk = officialSdk();
const skip = sdk.missing ?? false;
const script = fileURLToPath(new URL("official_model.py", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "scan-precheck-sample-"));
after(() => rmSync(folder, { recursive: true }));

const check = (path) => spawnSync(sdk.python, [script, path], { encoding: "utf8", timeout: 60_000 });

/** The check's outcome for the sample with one change made to its second row. */
function checkChanged(change) {
  const pages = samplePages();
  change(pages[0].ImageInstanceList[1]);
  const path = join(folder, "changed.json");
  writeFileSync(path, JSON.stringify(pages));
  return check(path);
}

test("every page passes through the official model unchanged", { skip }, () => {
  const { status, stdout, stderr } = check(samplePath);
  assert.equal(status, 0, stderr);
  const rows = samplePages().reduce((sum, page) => sum + page.ImageInstanceList.length, 0);
  // Every field of the model occurs: what is rare in the service's replies is rare here, not absent.
  assert.deepEqual(JSON.parse(stdout), { pages: samplePages().length, rows, fields: 29, unused: [] });
});

test("a field that the official model does not know is found", { skip }, () => {
  const { status, stderr } = checkChanged((row) => {
    row.RepositoryName = "payment-api";
  });
  assert.equal(status, 1);
  assert.match(stderr, /^page 0, row 1: \['RepositoryName'\] got lost$/m);
});

test("a value of another type than the official model's is found", { skip }, () => {
  const { status, stderr } = checkChanged((row) => {
    row.ImageSize = 368;
  });
  assert.equal(status, 1);
  assert.match(stderr, /^page 0, row 1: ImageSize is int, not str$/m);
});
