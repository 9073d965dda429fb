/**
 * Typed columns of codes with a posting list for each value: a query walks the lists of the field that
 * fewest rows pass, and looks the other fields up. The strongest that we know to write by hand.
 */
import { DIGEST, FIELDS, restrictions } from "../fields.mjs";
import { facetsOf, suggestionsOf } from "../read/marginals.mjs";
import { postingsOf } from "../read/postings.mjs";
import { Table } from "../read/table.mjs";
import { TABLE_FILES } from "../read/wanted.mjs";
import { inBench } from "../sizes.mjs";

let table;
let postings;
/** For each row its digest, or 0 where it is charged. */
let charges;
let stamps;
let stamp = 0;
/** For each field a table of wanted codes, kept clean between queries. */
let marks;

export const name = "index";
export const files = ["peers/index.mjs", "read/postings.mjs", "read/marginals.mjs", ...TABLE_FILES].map(
  inBench,
);

export async function loadCsv(path) {
  ready(await Table.fromCsv(path));
}
export async function loadJson(path) {
  ready(await Table.fromJson(path));
}

function ready(read) {
  table = read;
  postings = FIELDS.map(({ index }) => postingsOf(table.codes[index], table.dictionaries[index].size));
  marks = FIELDS.map(({ index }) => new Uint8Array(table.dictionaries[index].size));
  const digests = table.codes[DIGEST];
  charges = new Uint32Array(table.rows);
  for (let row = 0; row < table.rows; row += 1) {
    if (!table.charged[digests[row]]) charges[row] = digests[row] + 1;
  }
  stamps = new Uint32Array(table.charged.length + 1);
}

export function query(filter) {
  const tests = [];
  for (const { index, values } of restrictions(filter)) {
    const { starts } = postings[index];
    const list = [];
    let rows = 0;
    for (const value of values) {
      const code = table.find(index, value);
      if (code < 0 || marks[index][code] === 1) continue;
      marks[index][code] = 1;
      list.push(code);
      rows += starts[code + 1] - starts[code];
    }
    tests.push({ index, list, rows, codes: table.codes[index], wanted: marks[index] });
  }
  tests.sort((left, right) => left.rows - right.rows);
  stamp += 1;
  stamps[0] = stamp;
  const answer = tests.length === 0 ? countAll() : countWalking(tests[0], tests.slice(1));
  for (const { list, wanted } of tests) for (const code of list) wanted[code] = 0;
  return answer;
}

function countAll() {
  let quota = 0;
  for (let row = 0; row < charges.length; row += 1) {
    const charge = charges[row];
    if (stamps[charge] !== stamp) {
      stamps[charge] = stamp;
      quota += 1;
    }
  }
  return { images: charges.length, quota };
}

function countWalking({ index, list }, others) {
  const { starts, rows } = postings[index];
  let images = 0;
  let quota = 0;
  for (const code of list) {
    for (let at = starts[code], end = starts[code + 1]; at < end; at += 1) {
      const row = rows[at];
      if (others.length > 0 && !passes(others, row)) continue;
      images += 1;
      const charge = charges[row];
      if (stamps[charge] !== stamp) {
        stamps[charge] = stamp;
        quota += 1;
      }
    }
  }
  return { images, quota };
}

function passes(tests, row) {
  for (let at = 0; at < tests.length; at += 1) if (tests[at].wanted[tests[at].codes[row]] === 0) return false;
  return true;
}

export const facets = (filter, limit) => facetsOf({ table, postings, charges }, filter, limit);
export const suggest = (filter, request) => suggestionsOf({ table, postings, charges }, filter, request);
