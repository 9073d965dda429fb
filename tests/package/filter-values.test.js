/**
 * Values that are wrong, in a filter and in the options of an estimate: each is refused with its code and place.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import vm from "node:vm";
import { estimate } from "scan-precheck";
import { answersRight, means, refuses } from "./refuses.js";
import { assertError, load, rows, thrownBy } from "./support.js";

describe("its values", () => {
  const holed = ["1", "2", "3"];
  delete holed[1];

  const wrong = {
    "a number": 1,
    "not a number": Number.NaN,
    "a truth value": true,
    "a big integer": 1n,
    "a symbol": Symbol("1"),
    "an object": { tags: "1" },
    "a text object": new String("1"),
    "a Set": new Set(["1"]),
    "a function": () => "1",
    "a list with a number": ["1", 1],
    "a list with nothing in a place": ["1", null],
    "a list with undefined": [undefined],
    "a list with a hole": holed,
    "a list of nothing but holes": new Array(3),
    "a list within a list": [["1"]],
    "a list with a text object": [new String("1")],
    arguments: (function () {
      // biome-ignore lint/complexity/noArguments: an object that only looks like an array is the point.
      return arguments;
    })("1"),
    "an object that is like a list": { length: 1, 0: "1" },
    bytes: new Uint8Array([49]),
  };
  for (const [name, value] of Object.entries(wrong)) {
    test(`${name} as tags`, () => refuses(() => ({ tags: value }), { code: "wrong-type" }));
  }

  test("the place in a list is named", () => {
    refuses(() => ({ Tags: ["1", 1] }), {
      code: "wrong-type",
      field: "Tags[1]",
      message: /`Tags\[1\]` must be a text/,
    });
    refuses(() => ({ tags: holed }), { code: "wrong-type", field: "tags[1]" });
  });

  test("half of a surrogate pair", () => {
    for (const value of ["\ud800", "a\udc00b", "\udc00\ud800"]) {
      refuses(() => ({ tags: value }), { code: "invalid-text", field: "tags" });
      refuses(() => ({ tags: ["1", value] }), { code: "invalid-text", field: "tags[1]" });
    }
    means(
      { repoNames: "镜像", tags: "1,\u{1f433}" },
      { repoNames: ["镜像"], tags: ["\u{1f433}", "1"].reverse() },
    );
  });

  test("a list with further properties is read as a list", () => {
    means({ tags: Object.assign(["1"], { extra: "2", "-1": "3" }) }, { tags: "1" });
    means({ tags: vm.runInNewContext(`["1"]`) }, { tags: "1" });
  });
});

test("the source's address is checked, and changes nothing", () => {
  for (const ip of [
    "192.168.0.1",
    "::1",
    "2001:db8::8a2e:370:7334",
    "::ffff:10.0.0.1",
    " 10.0.0.1 ",
    "",
    undefined,
    null,
  ]) {
    means({ SourceIp: ip, tags: "1" }, { tags: "1" });
    means({ sourceIp: ip }, {});
  }
  for (const ip of [
    "nonsense",
    "256.1.1.1",
    "10.0.0",
    "10.0.0.1/24",
    "10.0.0.1,10.0.0.2",
    "1.2.3.4:80",
    ":::",
    "fe80::1%eth0",
  ]) {
    refuses(() => ({ SourceIp: ip }), { code: "invalid-value", field: "SourceIp", message: /IPv4 or IPv6/ });
  }
  for (const ip of [1, ["10.0.0.1"], {}, new String("::1")]) {
    refuses(() => ({ SourceIp: ip }), { code: "wrong-type", field: "SourceIp" });
  }
});

test("options of an estimate are read with the same care", async () => {
  const inventory = await load(rows);
  const refused = (options, expected) =>
    assertError(
      thrownBy(() => estimate(inventory, {}, options)),
      expected,
    );
  for (const options of [null, [], "20", 20, new Map(), Object.create({ remaining: 1 })]) {
    refused(options, { code: "not-a-plain-object" });
  }
  refused({ remainder: 1 }, { code: "unknown-key", field: "remainder", message: /did you mean `remaining`/ });
  for (const remaining of [-1, 0.5, Number.NaN, Infinity, 2 ** 53])
    refused({ remaining }, { code: "invalid-value" });
  for (const remaining of ["1", 1n, true, [1]])
    refused({ remaining }, { code: "wrong-type", field: "remaining" });
  for (const purchaseStep of [0, -20, 1.5, 2e6]) refused({ purchaseStep }, { code: "invalid-value" });
  assert.equal(estimate(inventory, {}, { remaining: 1, purchaseStep: 20 }).purchase, 20);
  answersRight();
  inventory.free();
});
