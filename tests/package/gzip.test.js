/**
 * Sources compressed with gzip: every kind gives what it gives unpacked; damaged ones and parts of them are refused.
 */
import assert from "node:assert/strict";
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, describe, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { estimate } from "scan-precheck";
import { assertRefused, hanging, load, loadsRight, oneByOne, read, streamOf } from "./support.js";

const text = read("www/public/sample-inventory.json");
const packed = new Uint8Array(gzipSync(text));
const table = "RepoName,Tag\nweb,1\napi,2\n";
const small = new Uint8Array(gzipSync(table));

const folder = mkdtempSync(join(tmpdir(), "scan-precheck-"));
const file = join(folder, "inventory.json");
writeFileSync(file, packed);
after(() => rmSync(folder, { recursive: true }));

/** A buffer that is written over as soon as its bytes were given. */
async function* reused() {
  const buffer = new Uint8Array(1000);
  for (let at = 0; at < packed.length; at += buffer.length) {
    buffer.set(packed.subarray(at, at + buffer.length));
    yield buffer.subarray(0, packed.length - at);
  }
}

const shared = () => {
  const bytes = new Uint8Array(new SharedArrayBuffer(packed.length));
  bytes.set(packed);
  return bytes;
};

const kinds = {
  "an ArrayBuffer": () => packed.slice().buffer,
  "a Uint8Array": () => packed,
  "a Uint8Array within a buffer": () => Buffer.concat([Buffer.alloc(7), packed]).subarray(7),
  "bytes of shared memory": shared,
  "a Blob": () => new Blob([packed]),
  "a File whose name tells nothing": () => new File([packed], "inventory.json", { type: "application/json" }),
  "a Response": () => new Response(packed),
  "a ReadableStream": () => new Blob([packed]).stream(),
  "a ReadableStream of single bytes": () => oneByOne(packed),
  "a ReadableStream with empty pieces": () => streamOf([new Uint8Array(), packed, new Uint8Array()]),
  "a stream of a file": () => createReadStream(file),
  "a Readable of Node": () => Readable.from([packed.subarray(0, 1), packed.subarray(1)]),
  "an asynchronous iterable that uses its buffer again": () => reused(),
  "an array of one Blob": () => [new Blob([packed])],
};

function gunzips(bytes) {
  try {
    return gunzipSync(bytes).toString() === table;
  } catch {
    return false;
  }
}

const plain = await load(text);
const answer = estimate(plain, { registryTypes: "acr" });
assert.ok(answer.images > 1000);

describe("compressed with gzip", () => {
  for (const [kind, make] of Object.entries(kinds)) {
    test(kind, async () => {
      const inventory = await load(make());
      assert.deepEqual(inventory.report, plain.report);
      assert.deepEqual(estimate(inventory, { registryTypes: "acr" }), answer);
      inventory.free();
    });
  }

  test("beside sources that are not, and in UTF-16", async () => {
    const utf16 = gzipSync(Buffer.from("\ufeffRepoName,Tag\n镜像,3\n", "utf16le"));
    const inventory = await load([small, table.replaceAll("web", "db"), utf16]);
    assert.deepEqual(
      inventory.report.sources.map(({ rows }) => rows),
      [2, 2, 1],
    );
    assert.deepEqual([inventory.images, inventory.report.complete], [4, true]);
    inventory.free();
  });

  test("cut in two at every byte", async () => {
    const expected = await load(table);
    for (let cut = 0; cut <= small.length; cut += 1) {
      const inventory = await load(streamOf([small.subarray(0, cut), small.subarray(cut)]));
      assert.deepEqual(inventory.report, expected.report);
      inventory.free();
    }
    expected.free();
  });

  test("progress is that of the compressed bytes", async () => {
    const seen = [];
    const inventory = await load([new Blob([packed]), small], { onProgress: (at) => seen.push(at) });
    inventory.free();
    const total = packed.length + small.length;
    assert.deepEqual(seen.at(-1), { bytes: total, totalBytes: total, rows: plain.report.rows + 2 });
    for (const [at, { bytes, totalBytes }] of seen.entries()) {
      assert.ok(bytes >= (seen[at - 1]?.bytes ?? 0) && bytes <= totalBytes);
    }
  });

  test("an error has its place in what is unpacked", async () => {
    const position = { source: 1, line: 3, column: 1, byte: 19 };
    const broken = gzipSync('RepoName,Tag\nweb,1\n"api,2\n');
    await assertRefused([table, broken], { code: "unclosed-quote", position });
    await loadsRight();
  });
});

describe("no whole gzip file", () => {
  const refused = (source, message) => assertRefused(source, { code: "damaged-file", message });

  test("one that ends at any byte", async () => {
    for (let end = 2; end < small.length; end += 1) await refused(small.subarray(0, end), /gzip.*cut off/);
    // A byte alone is no signature.
    await assertRefused(small.subarray(0, 1), { code: "unsupported-file" });
    await loadsRight();
  });

  test("a large one that ends early, from a stream", async () => {
    for (const end of [packed.length - 1, packed.length - 8, packed.length - 9, packed.length >> 1]) {
      await refused(new Blob([packed.subarray(0, end)]).stream(), /gzip.*cut off/);
    }
  });

  test("one with any bit of its data or its end changed, unless the bit means nothing", async () => {
    const expected = await load(table);
    let meantNothing = 0;
    for (let at = 10 * 8; at < small.length * 8; at += 1) {
      const damaged = small.slice();
      damaged[at >> 3] ^= 1 << (at & 7);
      // The last bits of the data, up to a whole byte, are of no use.
      if (!gunzips(damaged)) {
        await refused(damaged, /gzip/);
        continue;
      }
      meantNothing += 1;
      const inventory = await load(damaged);
      assert.deepEqual(inventory.report, expected.report);
      inventory.free();
    }
    expected.free();
    assert.ok(meantNothing < 8);
    const otherMethod = small.slice();
    otherMethod[2] = 7;
    await refused(otherMethod, /gzip/);
  });

  test("one with something behind its end", async () => {
    const tails = [
      [0],
      [0, 0, 0, 0],
      [0x1f],
      [0x1f, 0x8b],
      [10],
      Buffer.from("garbage"),
      new Uint8Array(512),
    ];
    for (const tail of tails) {
      await refused(Buffer.concat([small, Uint8Array.from(tail)]), /gzip/);
      await refused(streamOf([small, Uint8Array.from(tail)]), /gzip/);
    }
    await loadsRight();
  });

  test("several that were put into one", async () => {
    const several = /several gzip files.*one by one/;
    await refused(Buffer.concat([small, small]), several);
    await refused(streamOf([packed, packed]), several);
    await refused(new Blob([packed, packed, packed]), several);
    await refused(Buffer.concat([small, gzipSync("")]), several);
    await loadsRight();
  });
});

describe("a gzip file that is more than it seems", () => {
  test("is bounded by the limits of what it holds", async () => {
    const cell = gzipSync(Buffer.concat([Buffer.from('RepoName,Tag\n"'), Buffer.alloc(64 << 20, 0x61)]));
    assert.ok(cell.length < 100_000);
    await assertRefused(cell, { code: "too-large" });
    await loadsRight();
  });

  test("is unpacked no faster than it is read", async () => {
    // Blank lines, of which the module keeps nothing: what is unpacked must not pile up before it.
    const block = gzipSync(Buffer.alloc(256 << 20, 0x0a));
    const used = () => process.memoryUsage().external;
    const before = used();
    let most = 0;
    const onProgress = () => {
      most = Math.max(most, used() - before);
    };
    await assertRefused(block, { code: "empty-input" }, { onProgress });
    assert.ok(most < 96 << 20, `${(most / 1024 / 1024).toFixed(1)} MB more`);
  });
});

describe("a load that is stopped", () => {
  test("while a compressed source hangs", async () => {
    const stream = hanging(packed.subarray(0, packed.length >> 1));
    const stopper = new AbortController();
    const loading = assertRefused(stream.source, { code: "aborted" }, { signal: stopper.signal });
    setTimeout(() => stopper.abort(), 20);
    await loading;
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(stream.cancelled, "a download would go on");
    await loadsRight();
  });

  test("by its own progress", async () => {
    const block = gzipSync(Buffer.alloc(64 << 20, 0x0a));
    const stopper = new AbortController();
    const options = { signal: stopper.signal, onProgress: () => stopper.abort() };
    await assertRefused(block, { code: "aborted" }, options);
    await loadsRight();
  });

  test("by a source that breaks", async () => {
    const cause = new Error("the line is dead");
    async function* broken() {
      yield packed.subarray(0, 1000);
      throw cause;
    }
    await assertRefused(broken(), { code: "unreadable", cause });
    await loadsRight();
  });
});

test("where the platform cannot unpack, the module says what to do", async () => {
  const { DecompressionStream } = globalThis;
  try {
    globalThis.DecompressionStream = undefined;
    await assertRefused(small, { code: "unsupported-file", message: /gzip; unpack/ });
  } finally {
    globalThis.DecompressionStream = DecompressionStream;
  }
});
