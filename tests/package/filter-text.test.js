/**
 * A filter goes into the module as one text where it can, else as an object that is read piece by piece: the
 * answers are the same, to the order of their properties.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import vm from "node:vm";
import { estimate, precheck } from "scan-precheck";
import { digest, load, rows } from "./support.js";

const inventories = await Promise.all([
  load(rows),
  load(rows, { cycleStart: 0, chargeModel: { countBy: "repositoryTag" } }),
  load(`RepoName,Tag,LastScanTime\nweb,1,2020-01-01\nweb\napi,2\n`),
]);

const filters = {
  "no filter": undefined,
  "an empty one": {},
  "a text": { tags: "1" },
  "a comma list": { Tags: " 1 ,, 7,1" },
  "a list": { tags: ["1", "7"] },
  "a list of comma lists": { tags: ["1,7", "", "x"], repoNames: [] },
  "nothing given": { tags: undefined, Tags: "7", repoNames: null },
  "a digest in another form": { digests: `SHA256:${digest("b").toUpperCase()}` },
  "an address": { SourceIp: "::1", tags: ["7"] },
  "values that no image holds": { tags: ["x", "1", "y", "x"], regionIds: "z", registryTypes: ["ecr", "acr"] },
  "full-width commas": { tags: "1，7", repoNames: ["镜像，\u{1f433}"] },
  "many that no image holds": { tags: Array.from({ length: 3_000 }, (_, at) => `t${at % 2_000}`) },
  "no prototype": Object.assign(Object.create(null), { tags: "1" }),
};

/** The same filter in another realm, of which the package does not know whether it is plain. */
function foreign(filter) {
  return filter && Object.assign(vm.runInNewContext("({})"), filter);
}

const asText = (answer) => JSON.stringify(answer);

describe("as one text and as an object", () => {
  for (const [name, filter] of Object.entries(filters)) {
    test(name, () => {
      for (const inventory of inventories) {
        for (const options of [undefined, {}, { remaining: 1 }, { remaining: 0, purchaseStep: 7 }]) {
          const answer = estimate(inventory, filter, options);
          assert.equal(asText(answer), asText(estimate(inventory, foreign(filter) ?? holding(), options)));
          assert.deepEqual(answer, estimate(inventory, filter, options));
        }
        const [one, other] = [filter, foreign(filter) ?? holding()].map((asked) =>
          precheck(inventory, asked),
        );
        assert.match(one.RequestId, /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
        assert.notEqual(one.RequestId, other.RequestId);
        assert.equal(asText({ ...one, RequestId: "" }), asText({ ...other, RequestId: "" }));
      }
    });
  }

  /** An empty filter that cannot go as a text. */
  function holding() {
    return vm.runInNewContext("({})");
  }
});

test("answers are the caller's own", () => {
  const [inventory] = inventories;
  const changed = estimate(inventory, { tags: "x" });
  changed.chargeModel.countBy = "changed";
  changed.unmatched.push("changed");
  changed.warnings[0].code = "changed";
  assert.equal(estimate(inventory, { tags: "x" }).chargeModel.countBy, "digest");
  assert.equal(asText(estimate(inventory, { tags: "x" })).includes("changed"), false);
});

test("what ends a text in there can be a value", () => {
  const [inventory] = inventories;
  const found = estimate(inventory, { tags: ["\0", "1", "a\0-tags\0"], repoNames: "\0" });
  assert.equal(found.unmatchedCount, 3);
  assert.deepEqual(
    found.unmatched.map(({ value }) => value),
    ["\0", "\0", "a\0-tags\0"],
  );
  assert.throws(() => estimate(inventory, { "tags\0": "1" }), { code: "unknown-key", field: "tags\0" });
});

test("a platform that cannot say whether a text is well formed", (t) => {
  const [inventory] = inventories;
  const expected = Object.values(filters).map((filter) => estimate(inventory, filter));
  const own = Object.getOwnPropertyDescriptor(String.prototype, "isWellFormed");
  if (own === undefined) return t.skip("this is one");
  delete String.prototype.isWellFormed;
  try {
    assert.deepEqual(
      Object.values(filters).map((filter) => estimate(inventory, filter)),
      expected,
    );
    assert.throws(() => estimate(inventory, { tags: "\ud800" }), { code: "invalid-text" });
  } finally {
    Object.defineProperty(String.prototype, "isWellFormed", own);
  }
});

test("what was put on the prototype of all objects changes nothing", () => {
  const [inventory] = inventories;
  const filter = () => ({ tags: [1] });
  const pollute = { text: "7", object: {}, get: () => "7", set: () => {}, value: "7", writable: true };
  try {
    for (const [key, value] of Object.entries(pollute)) {
      Object.defineProperty(Object.prototype, key, { __proto__: null, value, configurable: true });
    }
    assert.equal(estimate(inventory, { tags: "1" }).images, 2);
    assert.equal(estimate(inventory, foreign({ tags: ["1"] })).images, 2);
    assert.throws(() => estimate(inventory, filter()), { code: "wrong-type", field: "tags[0]" });
  } finally {
    for (const key of Object.keys(pollute)) delete Object.prototype[key];
  }
});

test("the limits up to which a filter goes as one text are the module's own", () => {
  const numberIn = (path, name) => {
    const text = readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
    const product = text.match(new RegExp(`const ${name}(?:: \\w+)? = ([^;]+);`))[1];
    return product.split("*").reduce((all, factor) => all * Number(factor.replaceAll("_", "")), 1);
  };
  for (const [ours, theirs] of [
    ["MAX_VALUES", "MAX_FILTER_VALUES"],
    ["MAX_UNITS", "MAX_TEXT_UNITS"],
    ["MAX_KEYS", "MAX_OBJECT_KEYS"],
  ]) {
    assert.equal(numberIn("npm/filter.js", ours), numberIn("src/limits.rs", theirs), ours);
  }
});
