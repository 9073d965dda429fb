/**
 * What needs the second part says so where `init` was asked for the first alone, and works once it is there.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import init, { estimate, Inventory } from "../../npm/browser.js";

const part = (name) => readFileSync(new URL(`../../pkg/${name}`, import.meta.url));
const missing = { name: "ScanPrecheckError", code: "part-not-loaded", message: /await init\(\)/ };

test("snapshots need the second part", async () => {
  await init({ module: part("scan_precheck_bg.wasm"), parts: "estimate" });
  const inventory = await Inventory.load([{ Tag: "1" }]);
  assert.throws(() => inventory.save(), missing);
  assert.throws(() => Inventory.restore(new Uint8Array(64)), missing);
  assert.equal(estimate(inventory).images, 1);

  await init({ more: part("scan_precheck_more_bg.wasm") });
  const restored = Inventory.restore(inventory.save());
  assert.deepEqual(estimate(restored), estimate(inventory));
});
