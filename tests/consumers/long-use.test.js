/** Memory of the installed package after long and careless use, in Node and in Chromium: nothing is kept. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "../chromium.js";
import { installed } from "../packed.js";
import { answerAt, page, serve, write } from "./support.js";

const { folder } = installed();
write(folder, { "long-use/package.json": '{ "type": "module" }' });
copyFileSync(fileURLToPath(new URL("long-use.js", import.meta.url)), join(folder, "long-use/long-use.js"));

const MEGABYTE = 1024 * 1024;

/** What JavaScript's heap may differ by though nothing is kept: code that is compiled anew, what waits for its finalizer. */
const HEAP_NOISE = 2 * MEGABYTE;

function holds({ loads, answers, codes, before, after, next }, tell) {
  const mb = (bytes) => `${(bytes / MEGABYTE).toFixed(2)} MB`;
  const [second, last] = [loads[1], loads.at(-1)];
  tell(`module after load 2: ${mb(second.memory)}, after load ${loads.length}: ${mb(last.memory)}`);
  tell(`heap after load 2: ${mb(second.heap)}, after load ${loads.length}: ${mb(last.heap)}`);
  tell(`heap before the getters: ${mb(before.heap)}, after them: ${mb(after.heap)}`);
  assert.equal(loads.length, 50);
  assert.equal(answers.length, 1);
  assert.equal(last.memory, second.memory);
  assert.equal(last.references, second.references);
  assert.ok(last.heap - second.heap < HEAP_NOISE, `the heap grew by ${mb(last.heap - second.heap)}`);
  assert.deepEqual(codes, { unreadable: 101_000 });
  assert.equal(after.memory, before.memory);
  assert.equal(after.references, before.references);
  assert.ok(after.heap - before.heap < HEAP_NOISE, `the heap grew by ${mb(after.heap - before.heap)}`);
  assert.deepEqual(next, [1, 2]);
}

test("in Node", (t) => {
  const program = `import { useForLong } from "./long-use.js";
    const heapUsed = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    console.log(JSON.stringify(await useForLong(() => import("scan-precheck"), heapUsed)));`;
  write(folder, { "long-use/in-node.js": program });
  const args = ["--expose-gc", "long-use/in-node.js"];
  const told = execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  holds(JSON.parse(told), (line) => t.diagnostic(line));
});

test("in Chromium", async (t) => {
  const browser = await launch("--js-flags=--expose-gc", "--enable-precise-memory-info");
  const server = await serve(folder);
  after(async () => {
    await browser.close();
    server.close();
  });
  const program = `import { useForLong } from "./long-use.js";
    const start = () => import("/node_modules/scan-precheck/npm/browser.js");
    tell(JSON.stringify(await useForLong(start, () => performance.memory.usedJSHeapSize)));`;
  write(folder, { "long-use/index.html": page("main.js"), "long-use/main.js": program });
  const { answer, violations } = await answerAt(browser, `${server.url}long-use/`);
  assert.deepEqual(violations, []);
  holds(JSON.parse(answer), (line) => t.diagnostic(line));
});
