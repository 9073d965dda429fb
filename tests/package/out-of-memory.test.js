/**
 * Memory that runs out: the module has a limit, a load that meets it says so, wherever in it that happens, and
 * what was loaded before still answers.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { estimate, Inventory } from "scan-precheck";
import { initSync } from "../../pkg/scan_precheck.js";
import {
  assertError,
  load,
  loadsRight,
  makeAnew,
  moduleMemory,
  numbersOf,
  read,
  rejectionOf,
  root,
  rows,
  whole,
} from "./support.js";

const PAGE = 65_536;
const MEBIBYTE = 1 << 20;

const limit = Number(/--max-memory=(\d+)/.exec(read(".cargo/config.toml"))[1]);
const outOfMemory = { code: "out-of-memory", message: /load fewer images/ };

test("the module declares the limit of its memory", () => {
  assert.deepEqual(declaredMaxima(readFileSync(`${root}pkg/scan_precheck_bg.wasm`)), [limit]);
});

describe("where memory runs out", () => {
  const ROWS = 20_000;
  const pieces = [table(0, ROWS / 2), table(ROWS / 2, ROWS)];

  for (const place of ["the last piece", "the end"]) {
    test(`before ${place} of a load, it says so, and an inventory still answers`, async () => {
      const outcomes = new Set();
      for (let bytes = 0; bytes < 8 * MEBIBYTE; bytes = Math.ceil(bytes * 1.15) + 50_000) {
        await anew(async () => outcomes.add(await outcomeWith(bytes, place)));
      }
      assert.deepEqual([...outcomes], ["refused", "loaded"], "some bytes are too few, and some enough");
    });
  }

  test("before a restore, it says so, and an inventory still answers", async () => {
    const kept = await load(new Blob(pieces));
    const snapshot = kept.save();
    kept.free();
    const outcomes = new Set();
    for (let bytes = 0; bytes < 8 * MEBIBYTE; bytes = Math.ceil(bytes * 1.15) + 50_000) {
      await anew(async () => {
        leave(bytes);
        outcomes.add(outcomeOf(() => restoredAndAsked(snapshot)));
      });
    }
    assert.deepEqual([...outcomes], ["refused", "loaded"], "some bytes are too few, and some enough");
  });

  test("a load without end is refused, and the next one works", () =>
    anew(async () => {
      async function* endless() {
        for (let row = 0; ; row += ROWS) yield table(row, row + ROWS);
      }
      leave(8 * MEBIBYTE);
      assertError(await rejectionOf(load(endless())), outOfMemory);
      await loadsRight();
    }));

  /** A question makes the tables that a restore leaves out. */
  function restoredAndAsked(snapshot) {
    const inventory = Inventory.restore(snapshot);
    try {
      assert.equal(estimate(inventory, { tags: "1.0, 2.0" }).images, 2);
      assert.equal(inventory.save().length, snapshot.length);
    } finally {
      inventory.free();
    }
  }

  function outcomeOf(call) {
    try {
      call();
      return "loaded";
    } catch (error) {
      assertError(error, outOfMemory);
      return "refused";
    }
  }

  /** Loads a table, and leaves the module so many bytes before its last piece or before its end. */
  async function outcomeWith(bytes, place) {
    async function* source() {
      const [first, last] = pieces;
      yield first;
      if (place === "the last piece") leave(bytes);
      yield last;
      if (place === "the end") leave(bytes);
    }
    try {
      const inventory = await load(source());
      assert.equal(inventory.images, ROWS);
      inventory.free();
      return "loaded";
    } catch (error) {
      assertError(error, outOfMemory);
      return "refused";
    }
  }
});

/** Runs a test in a new module, with an inventory that must answer before and after. */
async function anew(run) {
  makeAnew();
  const inventory = await load(rows);
  await run();
  assert.deepEqual(numbersOf(estimate(inventory)), whole);
  inventory.free();
}

/** Takes the memory of the module but for so many bytes, and never gives it back. */
function leave(bytes) {
  const { memory, __wbindgen_malloc, __wbindgen_free } = initSync();
  const take = (size) => {
    try {
      return __wbindgen_malloc(size, 1);
    } catch {
      // The allocator says by a trap that there is no more. The module stays as it was.
      return undefined;
    }
  };
  const kept = [];
  for (let rest = bytes; rest > 0; rest -= MEBIBYTE) kept.push(Math.min(rest, MEBIBYTE));
  const places = kept.map(take);
  memory.grow((limit - moduleMemory()) / PAGE);
  for (let size = 8 * MEBIBYTE; size >= 16; size /= 2) {
    while (take(size) !== undefined);
  }
  for (const [index, place] of places.entries()) __wbindgen_free(place, kept[index], 1);
}

/** Lines of a table, with a digest and a tag of their own; the first has its header before it. */
function table(from, to) {
  const lines = from === 0 ? ["RepoName,Tag,Digest,LastScanTime"] : [];
  for (let row = from; row < to; row += 1) {
    const digest = (Math.imul(row, 0x9e3779b1) >>> 0).toString(16).padStart(8, "0").repeat(8);
    lines.push(`repository-${row % 997},${row}.0,${digest},${row % 3 === 0 ? "" : 1_700_000_000_000 + row}`);
  }
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}

/** The most that each memory of a module may grow to, in bytes. */
function declaredMaxima(module) {
  let at = 8;
  const number = () => {
    for (let value = 0, place = 1; ; place *= 128) {
      const byte = module[at++];
      value += (byte & 127) * place;
      if (byte < 128) return value;
    }
  };
  while (at < module.length) {
    const section = module[at++];
    const end = number() + at;
    // The fifth section has the memories: whether there is a maximum, the minimum, the maximum, in pages.
    if (section === 5) {
      return Array.from({ length: number() }, () => {
        const hasMaximum = module[at++] === 1;
        number();
        return hasMaximum ? number() * PAGE : Number.POSITIVE_INFINITY;
      });
    }
    at = end;
  }
  return [];
}
