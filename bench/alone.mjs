/**
 * What the benchmarks share that measure the package alone, without peers: the inventory, the least of some runs, and
 * how a table begins.
 */
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { dataset } from "./data.mjs";
import { line } from "./report.mjs";

/** Bytes of a table that are changed at a time. */
const PIECE = 1 << 24;

/** The bytes of the table that `--rows` and `--seed` choose. */
export async function table() {
  const { values } = parseArgs({
    options: { rows: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } },
  });
  const say = (text) => process.stderr.write(`${text}\n`);
  const { csv } = await dataset({ rows: Number(values.rows), seed: Number(values.seed), say });
  say("loading …");
  return readFileSync(csv);
}

/** A table of which each line was changed into others; the number of a line goes with it, that of the header is 0. */
export function changed(bytes, change) {
  return new Blob([...pieces(bytes, change)]);
}

function* pieces(bytes, change) {
  let number = 0;
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.lastIndexOf(10, start + PIECE) + 1 || bytes.length;
    const lines = bytes.toString("utf8", start, end).split("\n");
    const isRow = (at) => number > 0 && at < lines.length - 1;
    yield lines
      .flatMap((text, at) => {
        const changed = isRow(at) ? change(text, number) : [text];
        if (at < lines.length - 1) number += 1;
        return changed;
      })
      .join("\n");
    start = end;
  }
}

/** The least time of so many runs in milliseconds, and the last answer; more than the limit fails the program. */
export function least(runs, ask, limit) {
  let [time, answer] = [Number.POSITIVE_INFINITY, undefined];
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    answer = ask();
    time = Math.min(time, performance.now() - began);
  }
  if (time > limit) process.exitCode = 1;
  return { time, answer };
}

/** Prints where it was measured and tables: for each a head, how its columns are aligned, and rows. */
export function print(images, tables) {
  const machine = `${cpus().length} cores, ${cpus()[0].model.trim()}, Node ${process.versions.node}`;
  const day = new Date().toISOString().slice(0, 10);
  const lines = [`${machine}, ${images.toLocaleString("en")} images, ${day}.`];
  for (const { head, aligned, rows } of tables) lines.push("", line(head), line(aligned), ...rows.map(line));
  process.stdout.write(`${lines.join("\n")}\n`);
}
