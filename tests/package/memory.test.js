/**
 * The memory of an inventory comes back: when it is disposed of, when its load fails, when it is forgotten.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import vm from "node:vm";
import { estimate } from "scan-precheck";
import { load, moduleMemory, read, rows } from "./support.js";

const sample = read("www/public/sample-inventory.json");

describe("memory", () => {
  const used = () => {
    const { arrayBuffers, external } = process.memoryUsage();
    return { module: moduleMemory(), arrayBuffers, external };
  };

  // 50 samples have 150 MB: what is kept of each would show, what the collector has not come to yet does not.
  function assertBounded(before, after, megabytes) {
    for (const [what, bytes] of Object.entries(after)) {
      const grown = (bytes - before[what]) / 1024 / 1024;
      assert.ok(grown <= megabytes, `${what} has grown by ${grown.toFixed(1)} MB`);
    }
  }

  test("comes back when an inventory is disposed of, two thousand times", async () => {
    const cycle = async () => {
      const inventory = await load(rows);
      estimate(inventory, { tags: ["1", "7"] });
      inventory.free();
    };
    await cycle();
    (await load(sample)).free();
    const before = used();
    for (let time = 0; time < 2_000; time += 1) await cycle();
    for (let time = 0; time < 50; time += 1) (await load(sample)).free();
    collect();
    assertBounded(before, used(), 32);
  });

  test("comes back when a load fails", async () => {
    const broken = `${sample.slice(0, -10)}x`;
    await load(broken).catch(() => {});
    const before = used();
    for (let time = 0; time < 50; time += 1) {
      assert.equal(
        await load(broken).then(
          () => "loaded",
          (error) => error.code,
        ),
        "truncated-json",
      );
    }
    collect();
    assertBounded(before, used(), 32);
  });

  test("comes back when an inventory is forgotten", async () => {
    const grown = [];
    for (let round = 0; round < 60; round += 1) {
      await load(sample);
      collect();
      // What was forgotten is told of in a turn of its own.
      await new Promise((resolve) => setImmediate(resolve));
      grown.push(moduleMemory());
    }
    assert.ok(grown.at(-1) <= grown[20] + 8 * 1024 * 1024, `from ${grown[20]} to ${grown.at(-1)} bytes`);
  });
});

/** Collects garbage now. */
function collect() {
  setFlagsFromString("--expose-gc");
  vm.runInNewContext("gc")();
}
