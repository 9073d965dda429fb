/**
 * A load that is stopped: at any time, at once, and without anything of it that stays.
 */
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, test } from "node:test";
import { estimate } from "scan-precheck";
import {
  assertRefused,
  hanging,
  load,
  loadsRight,
  moduleMemory,
  numbersOf,
  read,
  rows,
  whole,
} from "./support.js";

const bytes = new TextEncoder().encode(read("www/public/sample-inventory.json"));
const someBytes = bytes.subarray(0, 100_000);

/** A stream of rows that never ends. */
function endless() {
  const piece = new TextEncoder().encode(`${'{"RepoName": "web", "Tag": "1"}\n'.repeat(1000)}`);
  return new ReadableStream({ pull: (controller) => controller.enqueue(piece) });
}

describe("a load that is stopped", () => {
  const aborted = (cause) => ({ code: "aborted", cause });

  test("before it begins", async () => {
    const reason = new Error("no more");
    await assertRefused(rows, aborted(reason), { signal: AbortSignal.abort(reason) });
    await assertRefused(new ReadableStream(), aborted(reason), { signal: AbortSignal.abort(reason) });
    await loadsRight();
  });

  test("while its source hangs, at once", async () => {
    const stopper = new AbortController();
    const loading = assertRefused(hanging(someBytes).source, { code: "aborted" }, { signal: stopper.signal });
    const began = performance.now();
    setImmediate(() => stopper.abort());
    await loading;
    assert.ok(performance.now() - began < 1_000);
    await loadsRight();
  });

  test("and its source is told to stop", async () => {
    const stream = hanging(someBytes);
    const stopper = new AbortController();
    const loading = assertRefused(stream.source, { code: "aborted" }, { signal: stopper.signal });
    setImmediate(() => stopper.abort());
    await loading;
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(stream.cancelled, "a download would go on");
  });

  test("while its source never ends", async () => {
    await assertRefused(endless(), { code: "aborted" }, { signal: AbortSignal.timeout(100) });
    await loadsRight();
  });

  test("while an array of two billion holes is read", async () => {
    await assertRefused(new Array(2 ** 31 - 1), { code: "aborted" }, { signal: AbortSignal.timeout(100) });
  });

  test("by its own progress", async () => {
    const stopper = new AbortController();
    const options = { signal: stopper.signal, onProgress: () => stopper.abort() };
    await assertRefused(endless(), { code: "aborted" }, options);
  });

  test("a hundred times, without memory that stays", async () => {
    const grown = [];
    for (let time = 0; time < 100; time += 1) {
      const stopper = new AbortController();
      const loading = assertRefused(hanging(bytes).source, { code: "aborted" }, { signal: stopper.signal });
      setTimeout(() => stopper.abort());
      await loading;
      grown.push(moduleMemory());
    }
    assert.ok(grown.at(-1) <= grown[10] + 4 * 1024 * 1024, `from ${grown[10]} to ${grown.at(-1)} bytes`);
  });

  test("too late: it changes nothing", async () => {
    const stopper = new AbortController();
    const inventory = await load(rows, { signal: stopper.signal });
    stopper.abort();
    assert.deepEqual(numbersOf(estimate(inventory)), whole);
    inventory.free();
  });

  test("a signal that outlives its loads keeps nothing of them", async () => {
    const { signal } = new AbortController();
    for (let time = 0; time < 20; time += 1) (await load(rows, { signal })).free();
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });
});
