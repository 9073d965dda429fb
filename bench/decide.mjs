/**
 * How long plans, reconciliations and changes of the charge model take in WebAssembly, and estimates beside prechecks: the
 * inventory of the other benchmarks, its repositories dealt out to 2,000 namespaces, through the package.
 *
 *   node bench/decide.mjs [--rows 1000000] [--seed 1]
 */
import { estimate, Inventory, plan, precheck, reconcile } from "../npm/node.js";
import { initSync } from "../pkg/scan_precheck.js";
import { changed, least, print, table } from "./alone.mjs";
import { COLUMNS, CYCLE_START } from "./fields.mjs";
import { median, rounds } from "./measure.mjs";

const NAMESPACES = 2_000;
/** The least of so many runs. */
const RUNS = 5;
/** What each answer may take, in milliseconds. */
const LIMIT = 1_000;
/** How many times as long as a precheck an estimate with all its parts may take. */
const MOST_TIMES = 2;

const [namespace, id] = ["RepoNamespace", "RepoId"].map((column) => COLUMNS.indexOf(column));
// Each repository in the namespace that its id chooses, most of them in few.
const dealtOut = changed(await table(), (text) => {
  const cells = text.split(",");
  const share = (hash(cells[id]) % 10_000) / 10_000;
  cells[namespace] = `team-${Math.floor(share ** 2 * NAMESPACES)}`;
  return [cells.join(",")];
});
const inventory = await Inventory.load(dealtOut, { cycleStart: CYCLE_START });
// First of all: what follows takes memory of its own.
const models = [
  ["each image by itself", { countBy: "image" }],
  ["back to digests", { countBy: "digest" }],
  ["tags in a repository", { countBy: "repositoryTag" }],
  ["digests in a repository", { countBy: "repositoryDigest" }],
  ["back to digests again", { countBy: "digest" }],
  ["another start of the cycle alone", { countBy: "digest" }, CYCLE_START + 86_400_000],
];
const rekeyed = models.map(([name, rule, cycleStart = CYCLE_START]) => {
  const { time } = least(1, () => inventory.setChargeModel(rule, { cycleStart }), LIMIT);
  return [name, `${time.toFixed(0)} ms`, `${(initSync().memory.buffer.byteLength / 1e6).toFixed(0)} MB`];
});
// Back where it was, for what follows.
inventory.setChargeModel({ countBy: "digest" }, { cycleStart: CYCLE_START });

const { images, quota } = estimate(inventory);

function hash(text) {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) >>> 0;
  return Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d) >>> 0;
}

const half = Math.floor(quota / 2);
const perCycle = Math.ceil(quota / 10);
const asked = [
  ["namespaces, a tenth", () => plan(inventory, {}, { remaining: perCycle, by: "repoNamespaces" })],
  ["namespaces, half", () => plan(inventory, {}, { remaining: half, by: "repoNamespaces" })],
  [
    "namespaces, with a schedule",
    () => plan(inventory, {}, { remaining: half, by: "repoNamespaces", perCycle }),
  ],
  ["repositories, half", () => plan(inventory, {}, { remaining: half, by: "repoNames" })],
  ["tags, half", () => plan(inventory, {}, { remaining: half, by: "tags" })],
  ["images, half", () => plan(inventory, {}, { remaining: half })],
  ["reply swapped", () => reconcile(inventory, {}, { images: quota, quota: images })],
  ["another start of the cycle", () => reconcile(inventory, {}, { images, quota: quota - perCycle })],
  ["reply beyond the rules", () => reconcile(inventory, {}, { images: images + 1, quota })],
];

const decisions = asked.map(([name, ask]) => {
  const { time, answer } = least(RUNS, ask, LIMIT);
  const found = "explanations" in answer ? answer.explanations[0].message : goodness(answer);
  return [name, found, `${time.toFixed(0)} ms`];
});

function goodness({ images, atMost, quota, remaining, method }) {
  const count = (number) => number.toLocaleString("en");
  return `${count(images)} of at most ${count(atMost)} images (${((100 * images) / atMost).toFixed(1)} %), ${count(quota)} of ${count(remaining)} units, ${method}`;
}

/** Medians of filters of several widths, asked in turn. */
const filters = [
  {},
  { registryTypes: "acr" },
  { registryTypes: "acr,harbor", repoNamespaces: "team-1,team-2" },
  { tags: "latest" },
];
const sides = filters.map((filter) => {
  const { samples } = rounds([
    () => precheck(inventory, filter),
    () => estimate(inventory, filter),
    () => estimate(inventory, filter, { remaining: half }),
  ]);
  const [ofPrecheck, ofEstimate, compared] = samples.map(median);
  if (ofEstimate > MOST_TIMES * ofPrecheck) process.exitCode = 1;
  const ratio = `${(ofEstimate / ofPrecheck).toFixed(2)}×`;
  return [
    JSON.stringify(filter),
    ...[ofPrecheck, ofEstimate].map((ms) => ms.toFixed(4)),
    ratio,
    compared.toFixed(4),
  ];
});

inventory.free();

print(images, [
  { head: ["", "answer", `least of ${RUNS} runs`], aligned: ["---", "---", "--:"], rows: decisions },
  {
    head: ["filter", "precheck, ms", "estimate with all parts, ms", "ratio", "and with what remains, ms"],
    aligned: ["---", "--:", "--:", "--:", "--:"],
    rows: sides,
  },
  {
    head: ["goes over to", "takes", "WebAssembly has grown to"],
    aligned: ["---", "--:", "--:"],
    rows: rekeyed,
  },
]);
