/**
 * Inputs that are wrong: each is refused with a code, a place and what to do, or counted as left out.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { estimate, precheck } from "scan-precheck";
import { assertRefused, digest, load } from "./support.js";

const at = (line, column, more) => ({ position: { source: 0, line, column, ...more } });
const bytes = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));
const rest = Buffer.alloc(64, 0x14);
const table = "RepoName,Tag\nweb,1\n";

describe("what is no text", () => {
  const files = {
    "an Excel workbook": [bytes("PK\x03\x04", rest), "unsupported-file", /Excel.*CSV/],
    "an old Excel workbook": [
      bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], rest),
      "unsupported-file",
      /old Excel.*CSV/,
    ],
    "a gzip archive in another one": [gzipSync(gzipSync(table)), "unsupported-file", /gzip.*unpack/],
    "an xz archive": [bytes([0xfd], "7zXZ\0", rest), "unsupported-file", /xz.*unpack/],
    "a 7-Zip archive": [bytes("7z", [0xbc, 0xaf, 0x27, 0x1c], rest), "unsupported-file", /7-Zip.*unpack/],
    "an archive of Zstandard": [
      bytes([0x28, 0xb5, 0x2f, 0xfd], rest),
      "unsupported-file",
      /Zstandard.*unpack/,
    ],
    "a PDF document": [bytes("%PDF-1.7\n", rest), "unsupported-file", /PDF/],
    "a page to sign in": ["<!DOCTYPE html><title>Sign in</title>", "unsupported-file", /sign in/],
    "a page to sign in, behind blanks": ["\n  <html><title>Sign in</title>", "unsupported-file", /sign in/],
    "a page to sign in, behind a byte order mark": [
      "\ufeff<html><title>Sign in</title>",
      "unsupported-file",
      /sign in/,
    ],
    XML: ['<?xml version="1.0"?><images/>', "unsupported-file", /XML/],
    "UTF-32": [bytes([0xff, 0xfe, 0, 0, 0x52, 0, 0, 0]), "unsupported-encoding", /UTF-32.*UTF-8/],
    "zero bytes": [Buffer.alloc(100), "unsupported-file", /no text/],
  };
  for (const [name, [source, code, message]] of Object.entries(files)) {
    test(name, () => assertRefused(source, { code, message, ...at(1, 1) }));
    test(`${name}, as the second source`, () =>
      assertRefused([table, source], { code, message, position: { source: 1, line: 1, column: 1 } }));
  }
});

test("UTF-16 without a mark is told by its zeros", async () => {
  await assertRefused(Buffer.from(table, "utf16le"), { code: "unsupported-encoding" });
  await assertRefused(Buffer.from('[{"RepoName":"web"}]', "utf16le"), { code: "unsupported-encoding" });
});

test("UTF-16 that ends within a character", async () => {
  const source = Buffer.from(`\ufeff${table}`, "utf16le").subarray(0, -1);
  const position = { source: 0, line: 2, column: 6, byte: source.length - 1 };
  await assertRefused(source, { code: "damaged-file", message: /UTF-16.*incomplete/, position });
});

describe("what is no JSON", () => {
  const texts = {
    "a word without quotes": ['[{"RepoName": web}]', "invalid-json", at(1, 15, { byte: 14 })],
    "on a later line, behind two-byte letters": [
      '[\n  {"RepoName": "é"},\n  {"RepoName": "é", Tag: 1}\n]',
      "invalid-json",
      at(3, 21),
    ],
    "a comma before the end": ['[{"RepoName": "web"},]', "invalid-json", at(1, 22)],
    "a comma that is not there": ['[{"RepoName": "web"}\n{"RepoName": "api"}]', "invalid-json", at(2, 1)],
    "something behind the end": ['[{"RepoName": "web"}]]', "invalid-json", at(1, 22)],
    "brackets that do not belong together": ['[{"RepoName": ["web"}]]', "invalid-json", {}],
    "a string over two lines": ['[{"RepoName": "w\neb"}]', "invalid-json", {}],
    "the end in a row": ['[{"RepoName": "web"},\n {"RepoN', "truncated-json", at(2, 9)],
    "the end in a list": ['[{"RepoName": "web"},\n', "truncated-json", at(2, 1)],
    "the end in a page": ['{"ImageInstanceList": [{"RepoName": "web"}]', "truncated-json", at(1, 44)],
    "nothing known": ['[{"name": "web", "version": "1"}]', "no-known-field", at(1, 1)],
    "an error of the service": [
      '{"RequestId": "1", "Code": "NoPermission", "Message": "no"}',
      "no-known-field",
      at(1, 1),
    ],
  };
  for (const [name, [text, code, place]] of Object.entries(texts)) {
    test(name, () => assertRefused(text, { code, ...place }));
  }
});

describe("what is no table", () => {
  const texts = {
    "no known column": ["Name,Version\nweb,1\n", "no-known-field", at(1, 1)],
    "one word": ["hello", "no-known-field", at(1, 1)],
    "a quote that is never closed": [`${table}"api,2\nx,3\n`, "unclosed-quote", at(3, 1)],
    "a column twice": [
      "RepoName,Tag,repo_name\nweb,1,web\n",
      "duplicate-column",
      { field: "RepoName", position: { line: 1 } },
    ],
  };
  for (const [name, [text, code, place]] of Object.entries(texts)) {
    test(name, () => assertRefused(text, { code, ...place }));
  }

  test("JSON that is said to be a table, and a table that is said to be JSON", async () => {
    await assertRefused('[{"RepoName": "web"}]', { code: "no-known-field" }, { format: "csv" });
    await assertRefused(table, { code: "invalid-json", ...at(1, 1) }, { format: "json" });
  });
});

test("nothing at all", async () => {
  for (const source of ["", " \n\t", "\ufeff", new Uint8Array(), new Blob([]), ["", table], [table, " "]]) {
    await assertRefused(source, { code: "empty-input" });
  }
});

describe("rows that cannot be used", () => {
  const places = async (text) => {
    const inventory = await load(text);
    const { leftOut, complete, images } = inventory.report;
    const { warnings } = estimate(inventory);
    inventory.free();
    assert.equal(complete, false);
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["incomplete-inventory"],
    );
    return {
      images,
      places: leftOut.places.map(({ reason, line, column }) => [reason, line, column]),
      leftOut,
    };
  };

  test("of JSON, with the line", async () => {
    const text = '[\n {"Tag": "1"},\n {"Tag": 1}, {"Tag": "a", "tag": "b"},\n "x", {"Size": "1"}\n]';
    const { images, places: found, leftOut } = await places(text);
    assert.equal(images, 1);
    assert.deepEqual(found, [
      ["wrong-type", 3, 2],
      ["duplicate-field", 3, 14],
      ["not-a-row", 4, 2],
      ["no-known-field", 4, 7],
    ]);
    assert.match(leftOut.places[0].message, /`Tag` must be a text, but it is the number 1/);
  });

  test("of a table, with the line on which they begin", async () => {
    const text = bytes(
      'RepoName,Tag\n"a\nb",1\nweb\nweb,1,2\n',
      [0xff, 0x2c, 0x31, 0x0a],
      " ,\n,\n\nweb,2\n1,2,3\n",
    );
    const { images, places: found } = await places(text);
    assert.equal(images, 2);
    assert.deepEqual(found, [
      ["not-a-row", 4, 1],
      ["not-a-row", 5, 1],
      ["invalid-text", 6, 1],
      // Lines of blanks alone are none.
      ["not-a-row", 11, 1],
    ]);
  });

  test("the first hundred are listed, all are counted", async () => {
    const { leftOut } = await places(`${table}${"web\n".repeat(250)}`);
    assert.deepEqual([leftOut.total, leftOut.places.length], [250, 100]);
    assert.deepEqual(leftOut.byReason, [{ reason: "not-a-row", rows: 250 }]);
  });
});

test("fewer rows than announced mark every answer", async () => {
  const page = (TotalCount, ...tags) => ({
    ImageInstanceList: tags.map((Tag) => ({ RepoName: "web", Tag, Digest: digest("a") })),
    PageInfo: { TotalCount, CurrentPage: 1, PageSize: 20, Count: tags.length },
  });
  for (const source of [
    JSON.stringify(page(3, "1", "2")),
    [JSON.stringify(page(3, "1")), JSON.stringify(page(3, "2"))],
  ]) {
    const inventory = await load(source);
    assert.deepEqual([inventory.report.announced, inventory.report.complete], [3, false]);
    for (const filter of [undefined, {}, { tags: "1" }, { tags: "none" }]) {
      const { complete, warnings } = estimate(inventory, filter);
      assert.equal(complete, false);
      assert.ok(warnings.some(({ code }) => code === "incomplete-inventory"));
    }
    assert.equal(precheck(inventory).Data.NeedAuthCount, 2);
    inventory.free();
  }
  const whole = await load(JSON.stringify(page(2, "1", "2")));
  assert.deepEqual(
    [whole.report.complete, estimate(whole).complete, estimate(whole).warnings],
    [true, true, []],
  );
  whole.free();
});

test("an error that nobody catches shows the line that made it, and nothing of the module", () => {
  const program = `import { Inventory, precheck } from "scan-precheck";
    const inventory = await Inventory.load("Tag\\n1\\n");
    precheck(inventory, { tgs: "1" });`;
  const { stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  assert.match(stderr, /did you mean `tags`\?\n(?: +at .*npm.*\n)+ +at file:.*\[eval1\]:3/);
  assert.doesNotMatch(stderr, /wasm/);
});
