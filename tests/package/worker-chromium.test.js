/**
 * The worker as a page has it: started by the package itself, reading a file of the user, and replaced when it is killed.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inBrowser } from "./blobs.js";

test("in Chromium: files are read, the page goes on, and a worker that is lost is replaced", async () => {
  await inBrowser(async (page) => {
    const found = await page.evaluate(async () => {
      const { createEngine } = await import(`${location.origin}/npm/worker.js`);
      const workers = [];
      const start = () => {
        const worker = new Worker(`${location.origin}/npm/worker-script.js`, { type: "module" });
        workers.push(worker);
        return worker;
      };
      const rows = Array.from({ length: 300_000 }, (_, at) => `${at},${at >> 1}\n`);
      const file = new File(["Tag,Digest\n", ...rows], "inventory.csv");
      const ofItself = createEngine();
      const first = await ofItself.estimate(await ofItself.load(file));
      ofItself.terminate();

      const lost = [];
      const engine = createEngine({ start, deadline: 500, onLost: ({ code }) => lost.push(code) });
      let longest = 0;
      let last = performance.now();
      const watch = setInterval(() => {
        const now = performance.now();
        longest = Math.max(longest, now - last);
        last = now;
      }, 10);
      const inventory = await engine.load(file);
      clearInterval(watch);
      workers[0].terminate();
      const pending = await engine.estimate(inventory).catch(({ code }) => code);
      const began = performance.now();
      const { images, quota } = await engine.estimate(inventory);
      return {
        first: [first.images, first.quota],
        images,
        quota,
        pending,
        lost,
        longest,
        again: performance.now() - began,
      };
    });
    assert.deepEqual([found.first, found.images, found.quota], [[300_000, 150_000], 300_000, 150_000]);
    assert.deepEqual([found.pending, found.lost], ["no-answer", ["no-answer"]]);
    assert.ok(found.again < 2_000, `the next answer took ${found.again} ms`);
    assert.ok(found.longest < 1_000, `the page was silent for ${found.longest} ms`);
  });
});
