/**
 * The worker as a page has it: started by the package itself, reading a file of the user, and replaced when it is killed.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inBrowser } from "./blobs.js";
import { read } from "./support.js";

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

test("the example of the README, in Chromium", async () => {
  const [, example] = /```js\n(import \{ createEngine.*?)```/s.exec(read("README.md"));
  await inBrowser(async (page) => {
    const found = await page.evaluate(async (example) => {
      const shown = [];
      const input = new EventTarget();
      const given = {
        file: new File(["Tag,Digest\nlatest,1\nother,2\nlatest,2\n"], "inventory.csv"),
        onProgress: () => {},
        signal: new AbortController().signal,
        show: ({ images }) => shown.push(images),
        report: (error) => shown.push(String(error)),
        input,
      };
      Object.assign(globalThis, { given });
      const names = Object.keys(given).join(", ");
      const code = example.replace("scan-precheck/worker", `${location.origin}/npm/worker.js`);
      const text = `const { ${names} } = globalThis.given;\n${code}\nexport { quota };`;
      const module = await import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
      for (input.value of ["la", "latest"]) input.dispatchEvent(new Event("input"));
      while (shown.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      return { quota: module.quota, shown };
    }, example);
    assert.deepEqual(found, { quota: 2, shown: [2] });
  });
});
