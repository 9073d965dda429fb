/**
 * How long plans and reconciliations take in WebAssembly: the inventory of the other benchmarks, its repositories dealt
 * out to 2,000 namespaces, through the package.
 *
 *   node bench/decide.mjs [--rows 1000000] [--seed 1]
 */
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { estimate, Inventory, plan, reconcile } from "../npm/node.js";
import { dataset } from "./data.mjs";
import { COLUMNS, CYCLE_START } from "./fields.mjs";
import { line } from "./report.mjs";

const NAMESPACES = 2_000;
/** The least of so many runs. */
const RUNS = 5;
/** What each answer may take, in milliseconds. */
const LIMIT = 1_000;

const say = (text) => process.stderr.write(`${text}\n`);

const { values: options } = parseArgs({
  options: { rows: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } },
});
const { csv } = await dataset({ rows: Number(options.rows), seed: Number(options.seed), say });
say("loading …");
const inventory = await Inventory.load(dealtOut(readFileSync(csv)), { cycleStart: CYCLE_START });
const { images, quota } = estimate(inventory);

/** The table in pieces, each repository in the namespace that its id chooses, most of them in few. */
function* pieces(bytes) {
  const [namespace, id] = ["RepoNamespace", "RepoId"].map((column) => COLUMNS.indexOf(column));
  const size = 1 << 24;
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.lastIndexOf(10, start + size) + 1 || bytes.length;
    const lines = bytes.toString("utf8", start, end).split("\n");
    yield lines
      .map((text, at) => {
        const cells = text.split(",");
        if (cells.length <= id || (start === 0 && at === 0)) return text;
        const share = (hash(cells[id]) % 10_000) / 10_000;
        cells[namespace] = `team-${Math.floor(share ** 2 * NAMESPACES)}`;
        return cells.join(",");
      })
      .join("\n");
    start = end;
  }
}

function dealtOut(bytes) {
  return new Blob([...pieces(bytes)]);
}

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

const rows = [];
for (const [name, ask] of asked) {
  let [least, answer] = [Number.POSITIVE_INFINITY, undefined];
  for (let run = 0; run < RUNS; run += 1) {
    const began = performance.now();
    answer = ask();
    least = Math.min(least, performance.now() - began);
  }
  if (least > LIMIT) process.exitCode = 1;
  const found = "explanations" in answer ? answer.explanations[0].message : goodness(answer);
  rows.push([name, found, `${least.toFixed(0)} ms`]);
}
inventory.free();

function goodness({ images, atMost, quota, remaining, method }) {
  const count = (number) => number.toLocaleString("en");
  return `${count(images)} of at most ${count(atMost)} images (${((100 * images) / atMost).toFixed(1)} %), ${count(quota)} of ${count(remaining)} units, ${method}`;
}

const text = [
  `${cpus().length} cores, ${cpus()[0].model.trim()}, Node ${process.versions.node}, ${images.toLocaleString("en")} images, ${new Date().toISOString().slice(0, 10)}.`,
  "",
  line(["", "answer", "least of 5 runs"]),
  line(["---", "---", "--:"]),
  ...rows.map(line),
];
process.stdout.write(`${text.join("\n")}\n`);
