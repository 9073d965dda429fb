/**
 * How long explanations and differences take in WebAssembly, over the inventory of the other benchmarks and the same some
 * time later, through the package.
 *
 *   node bench/explain.mjs [--rows 1000000] [--seed 1]
 */
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { diff, estimate, explain, Inventory, margin } from "../npm/node.js";
import { dataset } from "./data.mjs";
import { COLUMNS, CYCLE_START } from "./fields.mjs";
import { line } from "./report.mjs";

/** The least of so many runs. */
const RUNS = 7;
/** What a page and what a difference may take, in milliseconds. */
const PAGE_LIMIT = 5;
const DIFF_LIMIT = 2_000;

const say = (text) => process.stderr.write(`${text}\n`);

const { values: options } = parseArgs({
  options: { rows: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } },
});
const { csv } = await dataset({ rows: Number(options.rows), seed: Number(options.seed), say });
say("loading …");
const bytes = readFileSync(csv);
const inventory = await Inventory.load(bytes, { cycleStart: CYCLE_START });
const later = await Inventory.load(new Blob([...changed()]), { cycleStart: CYCLE_START });
const { images } = estimate(inventory);

/** The table some time later: of ten lines one is gone, one has another tag, one another digest, and one more has come. */
function* changed() {
  const [digest, tag] = ["Digest", "Tag"].map((column) => COLUMNS.indexOf(column));
  const size = 1 << 24;
  let number = 0;
  const other = (place) => (Math.imul(place + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, "0").repeat(8);
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.lastIndexOf(10, start + size) + 1 || bytes.length;
    const lines = [];
    for (const text of bytes.toString("utf8", start, end).split("\n")) {
      number += 1;
      const fate = (Math.imul(number, 0x2c1b3c6d) >>> 8) % 10;
      const cells = text.split(",");
      if (number === 1 || cells.length <= tag || fate > 3) lines.push(text);
      else if (fate === 1) lines.push(cells.with(tag, `${cells[tag]}-next`).join(","));
      else if (fate === 2) lines.push(cells.with(digest, other(2 * number)).join(","));
      else if (fate === 3) {
        lines.push(
          text,
          cells
            .with(tag, `${cells[tag]}-new`)
            .with(digest, other(2 * number + 1))
            .join(","),
        );
      }
    }
    yield lines.join("\n");
    start = end;
  }
}

const rows = [];
function measure(name, ask, limit) {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run += 1) {
    const began = performance.now();
    ask();
    least = Math.min(least, performance.now() - began);
  }
  if (least > limit) process.exitCode = 1;
  rows.push([name, `${least.toFixed(limit < 100 ? 1 : 0)} ms`]);
}

const filters = [
  ["all images", {}],
  ["acr and harbor", { registryTypes: "acr,harbor" }],
];
for (const [filtered, filter] of filters) {
  const { total } = explain(inventory, filter, { limit: 1 });
  for (const sort of [undefined, "repoNames", "digests", "tags"]) {
    const order = sort === undefined ? "in the inventory's order" : `by ${sort}`;
    if (sort !== undefined) {
      // Another order takes the place of the one that is kept.
      const afresh = () => {
        explain(inventory, filter, { sort: "regionIds" });
        const began = performance.now();
        explain(inventory, filter, { sort });
        return performance.now() - began;
      };
      const times = Array.from({ length: 3 }, afresh);
      rows.push([`${filtered} ${order}, the first time`, `${Math.min(...times).toFixed(0)} ms`]);
    }
    for (const [place, offset] of [
      ["first", 0],
      ["middle", Math.floor(total / 2)],
      ["last", total - 100],
    ]) {
      measure(
        `${filtered} ${order}, ${place} page`,
        () => explain(inventory, filter, { sort, offset }),
        PAGE_LIMIT,
      );
    }
  }
  const offset = Math.floor(total / 50);
  const ask = () => explain(inventory, filter, { reason: "sameDigest", sort: "tags", offset });
  measure(`${filtered} of one reason by tags`, ask, PAGE_LIMIT);
}
measure("diff of both inventories", () => diff(inventory, later), DIFF_LIMIT);
measure("diff under a filter", () => diff(inventory, later, { registryTypes: "harbor" }), DIFF_LIMIT);
const dates = { earlier: inventory, earlierDate: 0, date: 86_400_000 };
measure(
  "margin beside an earlier inventory",
  () => margin(later, {}, { remaining: 1e6, ...dates }),
  DIFF_LIMIT,
);
const found = diff(inventory, later);
const classes = Object.keys(found).filter((name) => found[name].examples !== undefined);
later.free();
inventory.free();

const text = [
  `${cpus().length} cores, ${cpus()[0].model.trim()}, Node ${process.versions.node}, ${images.toLocaleString("en")} images, ${new Date().toISOString().slice(0, 10)}.`,
  "",
  line(["", "least of 7 runs"]),
  line(["---", "--:"]),
  ...rows.map(line),
  "",
  line(["class", "images before", "after", "quota before", "after"]),
  line(["---", "--:", "--:", "--:", "--:"]),
  ...classes.map((name) => {
    const { images, quota } = found[name];
    return line([name, images.before, images.after, quota.before, quota.after].map(String));
  }),
];
process.stdout.write(`${text.join("\n")}\n`);
