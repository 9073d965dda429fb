/**
 * The entry for browsers: what it says where the module cannot be had, and that it recovers.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import init, { Inventory, precheck } from "../../npm/browser.js";

const bytes = readFileSync(new URL("../../pkg/scan_precheck_bg.wasm", import.meta.url));

const rejection = (promise) =>
  promise.then(
    () => assert.fail("nothing was thrown"),
    (error) => error,
  );

test("used before it is ready, it says what to do", async () => {
  const error = await rejection(Inventory.load("[]"));
  assert.equal(error.code, "not-initialized");
  assert.match(error.message, /await init\(\)/);
});

test("a platform without vectors is told so", async (t) => {
  t.mock.method(WebAssembly, "validate", () => false);
  const error = await rejection(init(new Uint8Array([0, 97, 115, 109])));
  assert.equal(error.code, "unsupported-platform");
  assert.match(error.message, /SIMD/);
});

test("a module that is none is told, on a platform that has vectors", async () => {
  const error = await rejection(init(new Uint8Array([0, 97, 115, 109])));
  assert.equal(error.code, "not-initialized");
});

test("after a failure it can be made ready, once", async () => {
  await Promise.all([init(bytes), init(bytes)]);
  await init();
  const inventory = await Inventory.load('[{"RepoName": "web"}]');
  assert.equal(precheck(inventory).Data.NeedAuthCount, 1);
  inventory.free();
});
