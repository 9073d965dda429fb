/**
 * arquero: a table of columns, `filter` and `rollup`.
 */
import * as aq from "arquero";
import { CYCLE_START, restrictions } from "../fields.mjs";
import { columnsOfObjects, objectsOfCsv, objectsOfJson } from "../read/objects.mjs";
import { inModules } from "../sizes.mjs";

let table;

export const name = "arquero";
export const files = [inModules("arquero/dist/arquero.min.js")];

export async function loadCsv(path) {
  ready(await objectsOfCsv(path));
}
export async function loadJson(path) {
  ready(await objectsOfJson(path));
}

function ready(rows) {
  const codes = new Map();
  const charged = new Set();
  for (const { Digest, LastScanTime } of rows) {
    if (!codes.has(Digest)) codes.set(Digest, codes.size + 1);
    if (LastScanTime >= CYCLE_START) charged.add(Digest);
  }
  // Digests as numbers, 0 where charged: they are told apart faster than texts.
  const charge = rows.map(({ Digest }) => (charged.has(Digest) ? 0 : codes.get(Digest)));
  table = aq.table({ ...columnsOfObjects(rows), charge });
}

export function query(filter) {
  const tests = restrictions(filter).map(({ column, values }) => ({ column, wanted: new Set(values) }));
  const matching =
    tests.length === 0
      ? table
      : table.filter(aq.escape((row) => tests.every(({ column, wanted }) => wanted.has(row[column]))));
  const { images, charges, least } = matching
    .rollup({ images: aq.op.count(), charges: aq.op.distinct("charge"), least: aq.op.min("charge") })
    .object();
  return images === 0 ? { images: 0, quota: 0 } : { images, quota: charges - (least === 0 ? 1 : 0) };
}
