/**
 * Every kind of source gives the same inventory: text, bytes, files, responses, streams, rows and pages.
 */
import assert from "node:assert/strict";
import { openAsBlob } from "node:fs";
import { Readable } from "node:stream";
import { describe, test } from "node:test";
import vm from "node:vm";
import { estimate } from "scan-precheck";
import { digest, load, oneByOne, read, root, streamOf } from "./support.js";

const samplePath = "www/public/sample-inventory.json";
const samplePages = JSON.parse(read(samplePath));

/** A page small enough to be read byte by byte. */
const page = {
  ...samplePages[0],
  PageInfo: { ...samplePages[0].PageInfo, TotalCount: 60 },
  ImageInstanceList: samplePages[0].ImageInstanceList.slice(0, 60),
};
const text = JSON.stringify(page, null, 1);
const bytes = new TextEncoder().encode(text);
const options = { cycleStart: Date.UTC(2026, 10, 1) };

/** The bytes somewhere within a larger buffer, with garbage around them. */
const within = (before) => {
  const buffer = new Uint8Array(before + bytes.length + 7).fill(0x22);
  buffer.set(bytes, before);
  return buffer.buffer;
};

const copy = () => bytes.slice().buffer;

async function* iterated() {
  yield bytes.subarray(0, 100);
  yield new DataView(bytes.buffer, 100, 50);
  yield Buffer.from(bytes.subarray(150));
}

const kinds = {
  "a text": () => text,
  "an ArrayBuffer": copy,
  "a Uint8Array": () => bytes,
  "a Uint8Array within a buffer": () => new Uint8Array(within(13), 13, bytes.length),
  "a Buffer": () => Buffer.from(text),
  "a DataView": () => new DataView(within(5), 5, bytes.length),
  "a Uint16Array": () =>
    new Uint16Array(new Uint8Array([...bytes, ...(bytes.length % 2 ? [0x20] : [])]).buffer),
  "bytes of shared memory": () => {
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    return shared;
  },
  "bytes in UTF-16, little end first": () => Buffer.from(`\ufeff${text}`, "utf16le"),
  "bytes in UTF-16, big end first": () => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
  "a ReadableStream of single bytes in UTF-16": () => oneByOne(Buffer.from(`\ufeff${text}`, "utf16le")),
  "a Blob": () => new Blob([text]),
  "a File": () => new File([text], "inventory.json"),
  "a Response": () => new Response(text),
  "a ReadableStream": () => new Blob([text]).stream(),
  "a ReadableStream of single bytes": () => oneByOne(bytes),
  "a ReadableStream with empty pieces": () => streamOf([new Uint8Array(), bytes, new Uint8Array()]),
  "a Readable of Node": () =>
    Readable.from([Buffer.from(bytes.subarray(0, 9)), Buffer.from(bytes.subarray(9))]),
  "an asynchronous iterable": () => iterated(),
  "an array of one text": () => [text],
  "an array of one Blob": () => [new Blob([text])],
};

const expected = await load(text, options);
const answer = estimate(expected, { registryTypes: "acr" });
assert.equal(expected.report.rows, 60);
assert.ok(
  answer.images > 20 && answer.quota > 0 && answer.free.charged > 0,
  "the page is too plain to tell anything",
);

/** The report but for the length of the text, which depends on how it is written. */
const withoutBytes = (report) => ({ ...report, sources: report.sources.map(({ bytes, ...rest }) => rest) });

describe("the kinds of source", () => {
  for (const [kind, make] of Object.entries(kinds)) {
    test(kind, async () => {
      const inventory = await load(make(), options);
      const odd = kind.includes("16") ? withoutBytes : (report) => report;
      assert.deepEqual(odd(inventory.report), odd(expected.report));
      assert.deepEqual(estimate(inventory, { registryTypes: "acr" }), answer);
      inventory.free();
    });
  }

  test("an array of row objects", async () => {
    const inventory = await load(page.ImageInstanceList, options);
    const { images, duplicates, leftOut, announced, sources } = inventory.report;
    assert.deepEqual([images, duplicates], [expected.report.images, expected.report.duplicates]);
    assert.deepEqual([leftOut.total, announced, sources.length, sources[0].shape], [0, null, 1, "rows"]);
    assert.deepEqual(estimate(inventory, { registryTypes: "acr" }), answer);
    inventory.free();
  });

  test("an array of pages, of several kinds", async () => {
    const parts = [0, 20, 40].map((from) =>
      JSON.stringify({ ...page, ImageInstanceList: page.ImageInstanceList.slice(from, from + 20) }),
    );
    const inventory = await load([parts[0], new Blob([parts[1]]), new Response(parts[2])], options);
    assert.deepEqual(
      inventory.report.sources.map((source) => source.rows),
      [20, 20, 20],
    );
    assert.deepEqual({ ...inventory.report, sources: 0 }, { ...expected.report, sources: 0 });
    assert.deepEqual(estimate(inventory, { registryTypes: "acr" }), answer);
    inventory.free();
  });

  test("an array of pages as objects, the way a client library answers", async () => {
    const inventory = await load([page], options);
    assert.deepEqual(estimate(inventory, { registryTypes: "acr" }), answer);
    inventory.free();
  });

  test("the whole sample, as a file and as text", async () => {
    const file = await load(await openAsBlob(root + samplePath), options);
    const whole = await load(read(samplePath), options);
    assert.deepEqual(file.report, whole.report);
    assert.ok(file.report.images > 4000 && file.report.complete);
    assert.deepEqual(estimate(file, {}), estimate(whole, {}));
    file.free();
    whole.free();
  });
});

test("a text whose pairs of surrogates fall on the border of two pieces", async () => {
  for (const shift of ["", "x"]) {
    const name = `${shift}${"\u{1f433}".repeat(1_200_000)}`;
    const inventory = await load(JSON.stringify([{ RepoName: name, Tag: "1" }]));
    assert.equal(estimate(inventory, { repoNames: name }).images, 1);
    inventory.free();
  }
});

test("an array of rows of another realm", async () => {
  const inventory = await load(vm.runInNewContext(`[{ RepoName: "web", Tag: "1" }]`));
  assert.equal(inventory.images, 1);
  inventory.free();
});

test("two loads at once do not mix", async () => {
  const make = (letter, count) =>
    JSON.stringify(
      Array.from({ length: count }, (_, at) => ({ RepoName: letter, Tag: `${at}`, Digest: digest(letter) })),
    );
  const sources = [make("a", 50), make("b", 70), make("c", 90)].map((json) =>
    oneByOne(new TextEncoder().encode(json)),
  );
  const inventories = await Promise.all(sources.map((source) => load(source)));
  assert.deepEqual(
    inventories.map((inventory) => inventory.images),
    [50, 70, 90],
  );
  for (const [at, inventory] of inventories.entries()) {
    assert.deepEqual(estimate(inventory, { repoNames: "abc"[at] }).images, inventory.images);
    inventory.free();
  }
});
