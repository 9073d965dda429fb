/**
 * crossfilter2: a dimension for each field over codes, and a count for each digest that is kept up to date.
 */
import { createRequire } from "node:module";
import { DIGEST, FIELDS } from "../fields.mjs";
import { Table } from "../read/table.mjs";
import { inModules } from "../sizes.mjs";

const crossfilter = createRequire(import.meta.url)("crossfilter2");

let table;
let dimensions;
let counts;

export const name = "crossfilter2";
export const files = [inModules("crossfilter2/crossfilter.min.js")];

export async function loadCsv(path) {
  ready(await Table.fromCsv(path));
}
export async function loadJson(path) {
  ready(await Table.fromJson(path));
}

function ready(read) {
  table = read;
  const digests = table.codes[DIGEST];
  const { charged } = table;
  const filtered = crossfilter(Array.from({ length: table.rows }, (_, row) => row));
  const held = new Uint32Array(charged.length);
  // Incremental is what crossfilter is for: rows come and go, and the answer is there already.
  counts = filtered.groupAll().reduce(
    (sum, row) => {
      const digest = digests[row];
      held[digest] += 1;
      if (held[digest] === 1 && !charged[digest]) sum.quota += 1;
      sum.images += 1;
      return sum;
    },
    (sum, row) => {
      const digest = digests[row];
      held[digest] -= 1;
      if (held[digest] === 0 && !charged[digest]) sum.quota -= 1;
      sum.images -= 1;
      return sum;
    },
    () => {
      held.fill(0);
      return { images: 0, quota: 0 };
    },
  );
  counts.value();
  dimensions = FIELDS.map(({ index }) => filtered.dimension((row) => table.codes[index][row]));
}

export function query(filter) {
  for (const { key, index } of FIELDS) {
    const dimension = dimensions[index];
    if (!filter[key]?.length) {
      if (dimension.hasCurrentFilter()) dimension.filterAll();
      continue;
    }
    const codes = filter[key].map((value) => table.find(index, value)).filter((code) => code >= 0);
    if (codes.length === 1) dimension.filterExact(codes[0]);
    else {
      const wanted = new Uint8Array(table.dictionaries[index].size);
      for (const code of codes) wanted[code] = 1;
      dimension.filterFunction((code) => wanted[code] === 1);
    }
  }
  const { images, quota } = counts.value();
  return { images, quota };
}
