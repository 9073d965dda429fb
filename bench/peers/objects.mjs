/**
 * Row objects, `Array.filter` and a `Set`: what a page does that thinks nothing of speed.
 */
import { CYCLE_START, restrictions } from "../fields.mjs";
import { objectsOfCsv, objectsOfJson } from "../read/objects.mjs";
import { inBench } from "../sizes.mjs";

let rows;
let charged;

export const name = "objects";
export const files = ["peers/objects.mjs", "read/objects.mjs", "read/stream.mjs", "fields.mjs"].map(inBench);

export async function loadCsv(path) {
  ready(await objectsOfCsv(path));
}
export async function loadJson(path) {
  ready(await objectsOfJson(path));
}

function ready(read) {
  rows = read;
  charged = new Set();
  for (const row of rows) if (row.LastScanTime >= CYCLE_START) charged.add(row.Digest);
}

export function query(filter) {
  const tests = restrictions(filter).map(({ column, values }) => ({ column, wanted: new Set(values) }));
  const matching = rows.filter((row) => tests.every(({ column, wanted }) => wanted.has(row[column])));
  const digests = new Set();
  for (const { Digest } of matching) if (!charged.has(Digest)) digests.add(Digest);
  return { images: matching.length, quota: digests.size };
}
