/**
 * Measures scan-precheck and its peers over the same inventory, each in a process of its own, and holds every
 * answer to the oracle.
 *
 *   node bench/run.mjs [--rows 1000000] [--seed 1] [--loads 3] [--peers ours,index]
 *                      [--only load,queries,typing,facets,suggest,snapshot,memory] [--output FILE]
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { faults, remembering } from "./check.mjs";
import { dataset } from "./data.mjs";
import { Oracle } from "./oracle.mjs";
import { inProcessOfItsOwn, makeReady } from "./processes.mjs";
import { report, wideQueries } from "./report.mjs";
import { workload as workloadOf } from "./workload.mjs";

const PEERS = ["ours", "objects", "columns", "index", "crossfilter", "arquero", "duckdb", "sqlite"];
const SECTIONS = ["load", "queries", "typing", "facets", "suggest", "snapshot", "memory"];

const say = (text) => process.stderr.write(`${text}\n`);
const list = (text, known, all) => {
  const names = text ? text.split(",") : all;
  for (const name of names) if (!known.includes(name)) stop(`\`${name}\` is none of ${known.join(", ")}`);
  return names;
};

function stop(message) {
  say(message);
  process.exit(1);
}

const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    loads: { type: "string", default: "3" },
    peers: { type: "string" },
    only: { type: "string" },
    output: { type: "string" },
  },
});
const [rows, seed, loads] = [options.rows, options.seed, options.loads].map(Number);
const peers = list(options.peers, PEERS, PEERS).map((file) => ({ file, name: file }));
const only = list(options.only, SECTIONS, SECTIONS);

makeReady({ say, stop });
const data = await dataset({ rows, seed, say });
say("Drawing what is asked from the inventory …");
const plain = await Oracle.read(data.csv);
const workload = workloadOf(plain, seed);

const asked = only.filter((section) => !["load", "memory"].includes(section));
const results = [];
const wrong = [];
/** A peer that fails is left out from there on, and the run fails at its end. */
const run = async (peer, task) => {
  if (peer.failed) return undefined;
  say(`${peer.file}: ${task.kind} …`);
  try {
    const result = await inProcessOfItsOwn({ peer: peer.file, workload, ...task });
    results.push(result);
    peer.name = result.name;
    return result;
  } catch (error) {
    peer.failed = true;
    wrong.push(`${peer.file}: ${task.kind}: ${error.message}`);
    return undefined;
  }
};
// Whoever comes first or last in one round comes last or first in the next.
for (let round = 0; round < (only.includes("load") ? loads : 1); round += 1) {
  for (const peer of round % 2 === 0 ? peers : peers.toReversed()) {
    const csv = await run(peer, { kind: "csv", path: data.csv, sections: round === 0 ? asked : [] });
    if (csv === undefined) continue;
    if (only.includes("load") || only.includes("memory")) peer.csv = [...(peer.csv ?? []), csv];
    if (round === 0) for (const section of asked) peer[section] = csv[section];
    if (!only.includes("load")) continue;
    const check = round === 0 && asked.includes("queries") ? ["queries"] : [];
    const json = await run(peer, { kind: "json", path: data.json, sections: check });
    if (json !== undefined) peer.json = [...(peer.json ?? []), json];
  }
}
if (only.includes("snapshot"))
  for (const peer of peers.filter(({ snapshot }) => snapshot))
    peer.restored = (await run(peer, { kind: "snapshot", path: data.csv }))?.restored;
for (const peer of peers) peer.download = (await run(peer, { kind: "download" }))?.download;

const oracle = remembering(plain);
const text = report({ peers, workload, wide: wideQueries(workload, oracle, rows), rows, seed, data });
process.stdout.write(text);
say("Holding the answers to the oracle, which takes its time …");
wrong.push(...results.flatMap((result) => faults(result, workload, oracle)));
for (const fault of wrong.slice(0, 20)) say(fault);
if (wrong.length > 0) stop(`${wrong.length} answers are wrong or missing`);
if (options.output) writeFileSync(options.output, text);
say(`Every answer of every peer is right: ${results.length} runs.`);
