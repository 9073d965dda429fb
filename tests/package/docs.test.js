/**
 * The worked examples in docs/: each call gives the answer that stands below it, as far as it is shown.
 *
 * A document holds one inventory as a `csv` block, then pairs of a `js` block with a call and a `json` block.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { plan, reconcile } from "scan-precheck";
import { load, read } from "./support.js";

const documents = [
  { path: "docs/plan.md", options: {}, examples: 7 },
  { path: "docs/reconcile.md", options: { cycleStart: 1_700_000_000_000 }, examples: 5 },
];

const blocksOf = (text) =>
  Array.from(text.matchAll(/^```(\w+)\n(.*?)^```$/gms), ([, language, text]) => ({ language, text }));

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
    const inventory = await load(blocks.find(({ language }) => language === "csv").text, options);
    const calls = blocks.filter(({ language }) => language === "js");
    assert.equal(calls.length, examples);
    for (const call of calls) {
      const answer = blocks[blocks.indexOf(call) + 1];
      assert.equal(answer.language, "json", `an answer must follow ${call.text}`);
      const ask = new Function("plan", "reconcile", "inventory", `return ${call.text}`);
      const found = ask(plan, reconcile, inventory);
      const shown = JSON.parse(answer.text);
      assert.deepEqual(partOf(found, shown), shown, call.text);
    }
    inventory.free();
  });
}
