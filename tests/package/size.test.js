/**
 * What a browser downloads for the package: its budget.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pkgDir } from "../../scripts/lib/paths.mjs";
import { measure } from "../../scripts/lib/sizes.mjs";

const BUDGET = 100_000;

test("module and glue are within the budget, compressed as a server sends them", () => {
  const { brotli } = measure(["scan_precheck_bg.wasm", "scan_precheck.js"].map((name) => join(pkgDir, name)));
  assert.ok(brotli <= BUDGET, `${brotli} bytes, and at most ${BUDGET} are to be downloaded`);
});
