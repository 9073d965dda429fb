/**
 * Typed columns of codes, scanned whole: a table of wanted codes for each field, and a stamp for each digest.
 */
import { DIGEST } from "../fields.mjs";
import { Table } from "../read/table.mjs";
import { TABLE_FILES, wantedCodes } from "../read/wanted.mjs";
import { inBench } from "../sizes.mjs";

let table;
let stamps;
let stamp = 0;

export const name = "columns";
export const files = ["peers/columns.mjs", ...TABLE_FILES].map(inBench);

export async function loadCsv(path) {
  ready(await Table.fromCsv(path));
}
export async function loadJson(path) {
  ready(await Table.fromJson(path));
}

function ready(read) {
  table = read;
  // A charged digest looks as if it had been counted already, always.
  stamps = Uint32Array.from(table.charged, (charged) => (charged ? 0xffffffff : 0));
}

export function query(filter) {
  const tests = wantedCodes(table, filter);
  if (tests === undefined) return { images: 0, quota: 0 };
  const { rows } = table;
  const digests = table.codes[DIGEST];
  stamp += 1;
  let images = 0;
  let quota = 0;
  const count = (row) => {
    images += 1;
    const digest = digests[row];
    if (stamps[digest] < stamp) {
      stamps[digest] = stamp;
      quota += 1;
    }
  };
  if (tests.length === 0) for (let row = 0; row < rows; row += 1) count(row);
  else {
    const [{ codes, wanted }, ...others] = tests;
    if (others.length === 0) {
      for (let row = 0; row < rows; row += 1) if (wanted[codes[row]]) count(row);
    } else {
      for (let row = 0; row < rows; row += 1) if (wanted[codes[row]] && all(others, row)) count(row);
    }
  }
  return { images, quota };
}

function all(tests, row) {
  for (let at = 0; at < tests.length; at += 1) if (!tests[at].wanted[tests[at].codes[row]]) return false;
  return true;
}
