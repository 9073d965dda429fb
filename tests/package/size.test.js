/**
 * What is downloaded: the budgets of a browser's download, in bytes as a server sends them compressed, and the size of
 * every file that is published.
 */
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { size, table } from "../../scripts/lib/say.mjs";
import { downloads, measure } from "../../scripts/lib/sizes.mjs";
import { packed } from "../packed.js";
import { root } from "./support.js";

/** The first part is all that an estimate waits for. What `must` says is held to, `goal` is where it is to go. */
const budgets = {
  first: { title: "first part + glue", goal: 64_000, must: 100_000 },
  second: { title: "second part", must: 110_000 },
  all: { title: "both parts + glue", must: 210_000 },
  // Fetched by nobody who does not ask for it.
  extra: { title: "extra part", must: 40_000 },
};

for (const [what, paths] of Object.entries(downloads)) {
  const { title, must } = budgets[what];
  test(`${title}: at most ${must} bytes`, () => {
    const { brotli } = measure(paths);
    assert.ok(brotli <= must, `${brotli} bytes, and at most ${must} are to be downloaded`);
  });
}

test("every published file has its size told, beside the budgets", (t) => {
  const { files, unpacked } = packed();
  const cells = ({ raw, gzip, brotli }) => [size(raw), size(gzip), size(brotli)];
  const rows = [["", "raw", "gzip", "brotli", "goal", "must"]];
  let sum = 0;
  for (const path of files) {
    rows.push([path, ...cells(measure([join(root, path)])), "", ""]);
    sum += statSync(join(root, path)).size;
  }
  rows.push([`${files.length} files`, ...cells(measure(files.map((path) => join(root, path)))), "", ""]);
  for (const [what, { title, goal, must }] of Object.entries(budgets)) {
    rows.push([title, ...cells(measure(downloads[what])), goal ? size(goal) : "", size(must)]);
  }
  for (const line of table(rows, [1, 2, 3, 4, 5])) t.diagnostic(line);
  assert.equal(sum, unpacked, "what is measured is what is packed");
});
