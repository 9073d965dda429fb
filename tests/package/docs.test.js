/**
 * The worked examples in docs/: each call gives the answer that stands below it, as far as it is shown.
 *
 * A document holds one inventory as a `csv` block, or several with a name behind `csv`, then pairs of a `js` block with
 * a call and a `json` block.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as scanPrecheck from "scan-precheck";
import { load, read } from "./support.js";

const cycle = { cycleStart: 1_700_000_000_000 };
const documents = [
  { path: "docs/estimate.md", options: cycle, examples: 4 },
  { path: "docs/plan.md", options: {}, examples: 7 },
  { path: "docs/reconcile.md", options: cycle, examples: 5 },
  { path: "docs/explain.md", options: cycle, examples: 5 },
  { path: "docs/diff.md", options: {}, examples: 6 },
  { path: "docs/policy.md", options: {}, examples: 4 },
];

const blocksOf = (text) =>
  Array.from(text.matchAll(/^```(\w+) ?(.*?)\n(.*?)^```$/gms), ([, language, name, text]) => ({
    language,
    name,
    text,
  }));

/** The members of `found` that are shown, at any depth; lists as they are. */
function partOf(found, shown) {
  if (Array.isArray(shown) && Array.isArray(found)) {
    return found.map((item, at) => (at < shown.length ? partOf(item, shown[at]) : item));
  }
  if (typeof shown !== "object" || shown === null || typeof found !== "object" || found === null)
    return found;
  return Object.fromEntries(Object.keys(shown).map((key) => [key, partOf(found[key], shown[key])]));
}

for (const { path, options, examples } of documents) {
  test(`${path}: the examples give what stands below them`, async () => {
    const blocks = blocksOf(read(path));
    const inventories = {};
    for (const { name, text } of blocks.filter(({ language }) => language === "csv")) {
      inventories[name || "inventory"] = await load(text, options);
    }
    const { default: _, ...known } = { ...scanPrecheck, ...inventories };
    const calls = blocks.filter(({ language }) => language === "js");
    assert.equal(calls.length, examples);
    for (const call of calls) {
      const answer = blocks[blocks.indexOf(call) + 1];
      assert.equal(answer.language, "json", `an answer must follow ${call.text}`);
      const ask = new Function(`{ ${Object.keys(known)} }`, `return ${call.text}`);
      const found = ask(known);
      const shown = JSON.parse(answer.text);
      assert.deepEqual(partOf(found, shown), shown, call.text);
    }
    for (const inventory of Object.values(inventories)) inventory.free();
  });
}
