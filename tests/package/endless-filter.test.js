/**
 * Filters that claim to be endless are refused at once; those that are merely long are answered.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { estimate } from "scan-precheck";
import { means, refuses, timeOf } from "./refuses.js";
import { digest, load, rows } from "./support.js";

describe("what is endless", () => {
  const atOnce = (make, expected) => {
    refuses(make, expected);
    const time = timeOf(() => refuses(make, expected)) / 3;
    assert.ok(time < 100, `it took ${time} ms`);
  };
  const lengthOf = (length) =>
    new Proxy([], { get: (list, key) => (key === "length" ? length : Reflect.get(list, key)) });

  test("an array of four billion holes", () => {
    atOnce(() => ({ tags: new Array(4_294_967_295) }), {
      code: "too-many-values",
      field: "tags",
      message: /100000/,
    });
  });

  test("a proxy that claims a length", () => {
    for (const length of [1e9, 100_001, Infinity, -1, Number.NaN, "7", undefined, {}, 2n]) {
      atOnce(() => ({ tags: lengthOf(length) }), { code: "too-many-values", field: "tags" });
    }
  });

  test("a proxy that claims thousands of keys", () => {
    const keys = Array.from({ length: 10_000 }, (_, at) => String(at));
    atOnce(() => new Proxy({}, { ownKeys: () => keys }), { code: "not-a-plain-object" });
  });

  test("a generator that never ends", () => {
    function* endless() {
      while (true) yield "1";
    }
    atOnce(() => ({ tags: endless() }), { code: "wrong-type", field: "tags" });
    atOnce(() => endless(), { code: "not-a-plain-object" });
  });

  test("an object within itself", () => {
    const filter = {};
    filter.tags = filter;
    refuses(() => filter, { code: "wrong-type", field: "tags" });
    const list = ["1"];
    list.push(list);
    refuses(() => ({ tags: list }), { code: "wrong-type", field: "tags[1]" });
    let deep = "1";
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    refuses(() => ({ tags: deep }), { code: "wrong-type" });
  });

  test("prototypes without end", () => {
    const endless = new Proxy({}, { getPrototypeOf: () => endless });
    refuses(() => endless, { code: "not-a-plain-object" });
  });

  test("lists that double with every level", () => {
    let list = ["1"];
    for (let level = 0; level < 60; level += 1) list = [list, list];
    atOnce(() => ({ tags: list }), { code: "wrong-type" });
  });

  test("a text of more than 16 million characters", () => {
    const text = "1".repeat(16 * 1024 * 1024 + 1);
    refuses(() => ({ tags: text }), { code: "too-many-values", field: "tags" });
  });
});

describe("many values", () => {
  const values = (count) => Array.from({ length: count }, (_, at) => `tag-${at}`);

  test("100,001 are too many, as an array and as a comma list", () => {
    refuses(() => ({ tags: values(100_001) }), { code: "too-many-values", field: "tags" });
    refuses(() => ({ tags: values(100_001).join() }), { code: "too-many-values", field: "tags" });
    refuses(() => ({ tags: ["1", values(100_000).join()] }), { code: "too-many-values", field: "tags" });
  });

  test("100,000 are answered", async (t) => {
    const inventory = await load(rows);
    const tags = [...values(99_999), "1"];
    const digests = Array.from({ length: 100_000 }, (_, at) => at.toString(16).padStart(64, "0"));
    digests[0] = digest("b");
    for (const filter of [{ tags }, { tags: tags.join() }, { digests }, { tags, digests }]) {
      let found;
      const time = timeOf(() => {
        found = estimate(inventory, filter);
      });
      const what = Object.entries(filter).map(([key, value]) => `${key} as ${typeof value}`);
      t.diagnostic(`100,000 values (${what.join(", ")}): ${time.toFixed(0)} ms`);
      assert.equal(found.images, filter.digests ? 1 : 2);
      assert.equal(found.unmatched.length, 1000);
      assert.equal(found.unmatchedCount, filter.tags && filter.digests ? 199_998 : 99_999);
      assert.ok(time < 5_000, `it took ${time} ms`);
    }
    inventory.free();
  });

  test("100,000 repetitions are one value", () => {
    means({ tags: new Array(100_000).fill("1") }, { tags: "1" });
    means({ tags: ",".repeat(1_000_000) }, {});
  });
});
