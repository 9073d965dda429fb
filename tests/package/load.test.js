/**
 * The course of a load: its progress, and what goes wrong on the way.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  assertError,
  assertRefused,
  hanging,
  load,
  loadsRight,
  read,
  rejectionOf,
  rows,
  streamOf,
} from "./support.js";

const sample = read("www/public/sample-inventory.json");
const sampleBytes = new TextEncoder().encode(sample);

describe("progress", () => {
  async function progressOf(source) {
    const reports = [];
    const inventory = await load(source, { onProgress: (progress) => reports.push(progress) });
    const { rows } = inventory.report;
    inventory.free();
    return { reports, last: reports.at(-1), rows };
  }

  test("never goes back, and ends with everything", async () => {
    const pages = Array.from({ length: 20 }, () => new Blob([sample]));
    const { reports, last, rows } = await progressOf(pages);
    assert.ok(reports.length > 1, "a load of 59 MB told nothing on the way");
    for (const [at, report] of reports.slice(1).entries()) {
      assert.ok(report.bytes >= reports[at].bytes && report.rows >= reports[at].rows);
    }
    const total = 20 * sampleBytes.length;
    assert.deepEqual(last, { bytes: total, totalBytes: total, rows });
    assert.ok(reports.every((report) => report.totalBytes === total));
  });

  test("the total is told where every source knows its size", async () => {
    const size = sampleBytes.length;
    assert.equal((await progressOf(sampleBytes)).last.totalBytes, size);
    assert.equal((await progressOf(streamOf([sampleBytes]))).last.totalBytes, undefined);
    assert.equal((await progressOf([new Blob([sample]), new Response(sample)])).last.totalBytes, undefined);
    assert.deepEqual((await progressOf(rows)).last.rows, 4);
  });

  test("what the listener throws stops the load", async () => {
    const mine = new Error("of the listener");
    const onProgress = () => {
      throw mine;
    };
    const thrown = await rejectionOf(load(rows, { onProgress }));
    assert.ok(thrown === mine || thrown.cause === mine);
    await loadsRight();
  });
});

describe("a source that fails on the way", () => {
  test("is unreadable, and its error is the cause", async () => {
    const cause = new Error("the connection was reset");
    const failing = () =>
      new ReadableStream({
        start: (controller) => controller.enqueue(sampleBytes.subarray(0, 50_000)),
        pull: (controller) => controller.error(cause),
      });
    await assertRefused(failing(), { code: "unreadable", cause, message: /the connection was reset/ });
    await assertRefused([sample, new Response(failing())], {
      code: "unreadable",
      cause,
      message: /source 1/,
    });
    await assertRefused(throwingLate(cause), { code: "unreadable", cause });
    await loadsRight();
  });

  async function* throwingLate(cause) {
    yield sampleBytes.subarray(0, 50_000);
    throw cause;
  }

  test("with something that is no error", async () => {
    for (const cause of ["reset", 7, null, Object.create(null), Symbol("reset")]) {
      const failing = new ReadableStream({ pull: (controller) => controller.error(cause) });
      const thrown = await rejectionOf(load(failing));
      assertError(thrown, { code: "unreadable" });
      assert.equal(thrown.cause, cause);
    }
  });

  test("is told to stop where its content is at fault", async () => {
    const stream = hanging(new TextEncoder().encode("[1, 2, }".padEnd(100)));
    await assertRefused(stream.source, { code: "invalid-json" });
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(stream.cancelled);
  });
});
