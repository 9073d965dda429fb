/**
 * How the cost of a load and of a query grows with the number of rows, up to what a tab can hold. Answers are held to
 * those of `columns`, which scans typed columns: the oracle has no room for so many rows.
 *
 *   node bench/growth.mjs [--rows 10000,100000,1000000,10000000] [--seed 1] [--output FILE]
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { dataset } from "./data.mjs";
import { geomean } from "./measure.mjs";
import { Oracle } from "./oracle.mjs";
import { inProcessOfItsOwn, makeReady } from "./processes.mjs";
import { line } from "./report.mjs";
import { workload as workloadOf } from "./workload.mjs";

/** What is asked is drawn from so many rows at most. */
const DRAWN_FROM = 1_000_000;

const say = (text) => process.stderr.write(`${text}\n`);

function stop(message) {
  say(message);
  process.exit(1);
}

const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "10000,100000,1000000,10000000" },
    seed: { type: "string", default: "1" },
    output: { type: "string" },
  },
});
const seed = Number(options.seed);
makeReady({ say, stop });

const fixed = (digits) => (value) => value.toFixed(digits);
const COLUMNS = [
  ["rows", ({ rows }) => rows.toLocaleString("en")],
  ["CSV load, s", ({ csv }) => fixed(2)(csv.load / 1e3)],
  ["µs a row", ({ csv, rows }) => fixed(2)((csv.load * 1e3) / rows)],
  ["JSON load, s", ({ json }) => fixed(2)(json.load / 1e3)],
  ["µs a row", ({ json, rows }) => fixed(2)((json.load * 1e3) / rows)],
  ["WebAssembly, high-water, MB", ({ csv }) => fixed(0)(csv.wasm / 1e6)],
  ["bytes a row", ({ csv, rows }) => fixed(0)(csv.wasm / rows)],
  ["20 queries, geomean, ms", ({ csv }) => fixed(3)(geomean(csv.queries.medians))],
  ["slowest, ms", ({ csv }) => fixed(3)(Math.max(...csv.queries.medians))],
  ["typing, 200 filters, ms", ({ csv }) => fixed(1)(csv.typing.ms)],
  ["all facets, slowest, ms", ({ csv }) => fixed(1)(Math.max(...csv.facets.medians))],
  ["suggestions, slowest, ms", ({ csv }) => fixed(1)(Math.max(...csv.suggest.medians))],
];

const measured = [];
let wrong = 0;
for (const rows of options.rows.split(",").map(Number)) {
  const data = await dataset({ rows, seed, say });
  say(`${rows} rows: drawing what is asked …`);
  const workload = workloadOf(await Oracle.read(data.csv, DRAWN_FROM), seed);
  const run = (peer, kind, sections) => {
    say(`${rows} rows: ${peer}, ${kind} …`);
    return inProcessOfItsOwn({ peer, kind, path: data[kind], sections, workload });
  };
  const csv = await run("ours", "csv", ["queries", "typing", "facets", "suggest"]);
  const json = await run("ours", "json", ["queries"]);
  const scanned = await run("columns", "csv", ["queries"]);
  for (const [at, { name }] of workload.queries.entries()) {
    const answers = [csv, json, scanned].map(({ queries }) => JSON.stringify(queries.answers[at]));
    if (new Set(answers).size === 1) continue;
    wrong += 1;
    say(`${rows} rows, ${name}: ${answers.join(" and ")} differ`);
  }
  measured.push({ rows, csv, json });
}

const text = [
  `${cpus().length} cores, ${cpus()[0].model.trim()}, Node ${process.versions.node}, seed ${seed}, ${new Date().toISOString().slice(0, 10)}.`,
  "",
  line(COLUMNS.map(([name]) => name)),
  line(COLUMNS.map(() => "--:")),
  ...measured.map((row) => line(COLUMNS.map(([, write]) => write(row)))),
  "",
].join("\n");
process.stdout.write(text);
if (options.output) writeFileSync(options.output, text);
if (wrong > 0) stop(`${wrong} answers differ from those of a scan`);
say("Every answer is that of a scan.");
