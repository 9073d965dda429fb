/**
 * Filters that are wrong: each is refused with its code, none is taken for a filter that covers everything.
 */
import { describe, test } from "node:test";
import vm from "node:vm";
import { means, refuses } from "./refuses.js";
import * as support from "./support.js";

const { load, rows } = support;

describe("the filter as a whole", () => {
  class Filter {
    tags = "1";
  }
  const wrong = {
    null: null,
    "a list": ["1"],
    "an empty list": [],
    "a text": "tags=1",
    "an empty text": "",
    "a number": 0,
    "a truth value": false,
    "a big integer": 1n,
    "a symbol": Symbol("tags"),
    "a function": () => ({ tags: "1" }),
    "a Map": new Map([["tags", "1"]]),
    "a Set": new Set(["1"]),
    "a Date": new Date(0),
    "a RegExp": /1/,
    "a Promise": Promise.resolve({ tags: "1" }),
    "an Error": new Error("tags"),
    "a typed array": new Uint8Array(1),
    "a text object": new String("tags"),
    "a generator": (function* () {
      yield "tags";
    })(),
    "search parameters": new URLSearchParams("tags=1"),
    "an instance of a class": new Filter(),
    "an object that inherits its keys": Object.create({ tags: "1" }),
    "an object that inherits from one without a prototype": Object.create(Object.create(null)),
    "a module": support,
  };
  for (const [name, filter] of Object.entries(wrong)) {
    test(name, () =>
      refuses(() => filter, { code: "not-a-plain-object", message: /filter must be a plain object/ }),
    );
  }

  test("an inventory", async () => {
    const inventory = await load(rows);
    refuses(() => inventory, { code: "not-a-plain-object" });
    inventory.free();
  });

  test("a plain object of another realm is one", () => {
    means(vm.runInNewContext(`({ tags: ["1"] })`), { tags: "1" });
    means(vm.runInNewContext(`Object.assign(Object.create(null), { tags: "1" })`), { tags: "1" });
    refuses(() => vm.runInNewContext(`new Map()`), { code: "not-a-plain-object" });
    refuses(() => vm.runInNewContext(`({ tag: "1" })`), { code: "unknown-key", field: "tag" });
  });

  test("an object without a prototype is one", () => {
    means(Object.assign(Object.create(null), { tags: "1" }), { tags: "1" });
    means(Object.create(null), {});
  });

  test("frozen, sealed, and without anything in it", () => {
    means(Object.freeze({ tags: Object.freeze(["1"]) }), { tags: "1" });
    means(undefined, {});
    means({ tags: undefined, Tags: null }, {});
  });

  test("a key that cannot be enumerated counts as well", () => {
    means(Object.defineProperty({}, "tags", { value: "1" }), { tags: "1" });
    refuses(() => Object.defineProperty({}, "tag", { value: "1" }), { code: "unknown-key" });
  });
});

describe("its keys", () => {
  const meant = {
    regionId: "regionIds",
    RegionID: "RegionIds",
    tag: "tags",
    reponames: "repoNames",
    Digest: "Digests",
  };
  for (const [written, known] of Object.entries(meant)) {
    test(`\`${written}\` is refused, and \`${known}\` offered`, () => {
      const message = new RegExp(`\`${written}\`.*did you mean \`${known}\``, "i");
      refuses(() => ({ [written]: "x" }), { code: "unknown-key", field: written, message });
    });
  }

  test("an unknown key is refused whatever it holds", () => {
    for (const value of [undefined, null, "", []]) {
      refuses(() => ({ region: value, tags: "1" }), { code: "unknown-key", field: "region" });
    }
  });

  test("a name like one of the language's own is no key", () => {
    for (const key of ["constructor", "toString", "hasOwnProperty", "length", ""]) {
      refuses(() => ({ [key]: "1" }), { code: "unknown-key", field: key });
    }
    refuses(() => JSON.parse(`{"__proto__": {"tags": "1"}}`), { code: "unknown-key", field: "__proto__" });
    refuses(() => ({ __proto__: { tags: "1" } }), { code: "not-a-plain-object" });
  });

  test("a symbol", () => {
    refuses(() => ({ [Symbol("tags")]: "1" }), { code: "not-a-plain-object", message: /symbol/ });
    refuses(() => ({ [Symbol.iterator]: undefined, tags: "1" }), { code: "not-a-plain-object" });
  });

  test("half of a surrogate pair", () => {
    refuses(() => ({ "\ud800": "1" }), { code: "not-a-plain-object", message: /no valid text/ });
  });

  test("more keys than a filter can have", () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`key${at}`, "1"]));
    refuses(() => many, { code: "not-a-plain-object", message: /64 keys/ });
  });

  test("both names of one parameter", () => {
    for (const value of ["1", "2", ""]) {
      refuses(() => ({ tags: "1", Tags: value }), { code: "duplicate-key", message: /`tags`.*`Tags`/ });
    }
    refuses(() => ({ SourceIp: "::1", sourceIp: "::1" }), { code: "duplicate-key" });
    means({ tags: "1", Tags: undefined }, { tags: "1" });
  });
});
