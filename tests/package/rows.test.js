/**
 * Inventories as arrays of row objects: a row that cannot be read has a number, one that is no row is counted.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { estimate } from "scan-precheck";
import { assertRefused, load, numbersOf, rows, whole } from "./support.js";

const places = ({ report }) => report.leftOut.places.map(({ reason, line }) => [reason, line]);

test("what is no row is left out and counted", async () => {
  const inventory = await load([...rows, null, undefined, 7, "web", true, {}, () => {}, Symbol("row")]);
  assert.equal(inventory.images, 4);
  assert.equal(inventory.report.rows, 12);
  assert.equal(inventory.report.complete, false);
  const reasons = Object.fromEntries(
    inventory.report.leftOut.byReason.map(({ reason, rows }) => [reason, rows]),
  );
  assert.deepEqual(reasons, { "not-a-row": 7, "no-known-field": 1 });
  assert.deepEqual(places(inventory), [
    ...[5, 6, 7, 8, 9].map((line) => ["not-a-row", line]),
    ["no-known-field", 10],
    ["not-a-row", 11],
    ["not-a-row", 12],
  ]);
  assert.deepEqual(numbersOf(estimate(inventory)), whole);
  assert.deepEqual(
    estimate(inventory).warnings.map(({ code }) => code),
    ["incomplete-inventory"],
  );
  inventory.free();
});

test("a value of another type is left out with its line, its field and the value", async () => {
  const inventory = await load([
    rows[0],
    { RepoName: "web", Tag: 7 },
    { RepoName: ["web"] },
    { RepoName: { web: 1 } },
  ]);
  assert.equal(inventory.images, 1);
  assert.deepEqual(
    places(inventory),
    [2, 3, 4].map((line) => ["wrong-type", line]),
  );
  assert.match(inventory.report.leftOut.places[0].message, /`Tag` must be a text, but it is the number 7/);
  inventory.free();
});

test("a row that cannot be read stops the load with its number", async () => {
  const cause = new Error("hands off");
  const bad = {
    get Tag() {
      throw cause;
    },
  };
  const circular = {};
  circular.self = circular;
  await assertRefused([...rows, bad], { code: "unreadable", message: /row 5 .*hands off/, cause });
  await assertRefused([{ RepoName: "web", Size: 7n }], { code: "unreadable", message: /row 1 .*BigInt/ });
  await assertRefused([rows[0], circular], { code: "unreadable", message: /row 2 .*circular/ });
  const toJSON = () => {
    throw cause;
  };
  await assertRefused([...rows, { toJSON }], { code: "unreadable", message: /row 5/, cause });
  await assertRefused(Object.defineProperty([...rows], 4, { get: toJSON }), {
    code: "unreadable",
    message: /row 5/,
  });
});

test("whatever it throws", async () => {
  const withoutMessage = Object.defineProperty(new Error(), "message", {
    get() {
      throw new Error("in the message");
    },
  });
  for (const thrown of ["a text", null, Symbol("thrown"), Object.create(null), withoutMessage]) {
    const row = Object.defineProperty({}, "Tag", {
      enumerable: true,
      get() {
        throw thrown;
      },
    });
    await assertRefused([row], { code: "unreadable", message: /row 1/ });
  }
});

test("a row that tells how it is written is taken at its word", async () => {
  const inventory = await load([{ toJSON: () => rows[0] }, { toJSON: () => 7 }]);
  assert.deepEqual([inventory.images, places(inventory)], [1, [["not-a-row", 2]]]);
  inventory.free();
});

test("half of a surrogate pair in a row leaves it out", async () => {
  const inventory = await load([...rows, { RepoName: "\ud800", Tag: "1" }]);
  assert.deepEqual([inventory.images, places(inventory)], [4, [["invalid-text", 5]]]);
  inventory.free();
});

test("a proxy that is an array claims what it likes", async () => {
  const lying = new Proxy(rows, { get: (list, key) => (key === "length" ? 6 : Reflect.get(list, key)) });
  const inventory = await load(lying);
  assert.deepEqual([inventory.images, inventory.report.leftOut.total], [4, 2]);
  inventory.free();
});

test("four billion holes are refused at once", async () => {
  const began = performance.now();
  await assertRefused(new Array(4_294_967_295), { code: "too-large", message: /4294967295/ });
  assert.ok(performance.now() - began < 100);
});

test("an empty array is an inventory without images", async () => {
  const inventory = await load([]);
  assert.equal(inventory.images, 0);
  assert.deepEqual(numbersOf(estimate(inventory)), {
    images: 0,
    quota: 0,
    free: { duplicates: 0, charged: 0 },
  });
  inventory.free();
});

test("rows by the thousand keep their numbers", async () => {
  const many = Array.from({ length: 2_500 }, (_, at) =>
    at % 1000 === 999 ? 7 : { RepoName: "web", Tag: `${at}\n` },
  );
  const inventory = await load(many);
  assert.deepEqual(
    places(inventory),
    [1000, 2000].map((line) => ["not-a-row", line]),
  );
  assert.equal(inventory.images, 2_498);
  inventory.free();
});
