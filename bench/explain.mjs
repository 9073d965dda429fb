/**
 * How long explanations and differences take in WebAssembly, over the inventory of the other benchmarks and the same some
 * time later, through the package.
 *
 *   node bench/explain.mjs [--rows 1000000] [--seed 1]
 */
import { diff, estimate, explain, Inventory, margin } from "../npm/node.js";
import { changed, least, print, table } from "./alone.mjs";
import { COLUMNS, CYCLE_START } from "./fields.mjs";

/** The least of so many runs. */
const RUNS = 7;
/** What a page and what a difference may take, in milliseconds. */
const PAGE_LIMIT = 5;
const DIFF_LIMIT = 2_000;

const [digest, tag] = ["Digest", "Tag"].map((column) => COLUMNS.indexOf(column));
const other = (place) => (Math.imul(place + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, "0").repeat(8);

/** A line some time later: of ten one is gone, one has another tag, one another digest, and one more has come. */
function later(text, number) {
  const cells = text.split(",");
  switch ((Math.imul(number, 0x2c1b3c6d) >>> 8) % 10) {
    case 0:
      return [];
    case 1:
      return [cells.with(tag, `${cells[tag]}-next`).join(",")];
    case 2:
      return [cells.with(digest, other(2 * number)).join(",")];
    case 3:
      return [
        text,
        cells
          .with(tag, `${cells[tag]}-new`)
          .with(digest, other(2 * number + 1))
          .join(","),
      ];
    default:
      return [text];
  }
}

const bytes = await table();
const inventory = await Inventory.load(bytes, { cycleStart: CYCLE_START });
const after = await Inventory.load(changed(bytes, later), { cycleStart: CYCLE_START });
const { images } = estimate(inventory);

const rows = [];
function measure(name, ask, limit) {
  const { time } = least(RUNS, ask, limit);
  rows.push([name, `${time.toFixed(limit < 100 ? 1 : 0)} ms`]);
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
measure("diff of both inventories", () => diff(inventory, after), DIFF_LIMIT);
measure("diff under a filter", () => diff(inventory, after, { registryTypes: "harbor" }), DIFF_LIMIT);
const dates = { earlier: inventory, earlierDate: 0, date: 86_400_000 };
measure(
  "margin beside an earlier inventory",
  () => margin(after, {}, { remaining: 1e6, ...dates }),
  DIFF_LIMIT,
);
const found = diff(inventory, after);
const classes = Object.keys(found).filter((name) => found[name].examples !== undefined);
after.free();
inventory.free();

print(images, [
  { head: ["", `least of ${RUNS} runs`], aligned: ["---", "--:"], rows },
  {
    head: ["class", "images before", "after", "quota before", "after"],
    aligned: ["---", "--:", "--:", "--:", "--:"],
    rows: classes.map((name) => {
      const { images, quota } = found[name];
      return [name, images.before, images.after, quota.before, quota.after].map(String);
    }),
  },
]);
