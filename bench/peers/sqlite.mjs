/**
 * SQLite in WebAssembly (sql.js): for each field an index that also holds the charge key, prepared statements.
 */
import { createRequire } from "node:module";
import { DIGEST, FIELDS, restrictions } from "../fields.mjs";
import { Table } from "../read/table.mjs";
import { inModules } from "../sizes.mjs";

export const name = "SQLite wasm";
export const files = ["sql-wasm.wasm", "sql-wasm.js"].map((file) => inModules(`sql.js/dist/${file}`));

let database;
const prepared = new Map();

export async function loadCsv(path) {
  await ready(await Table.fromCsv(path));
}
export async function loadJson(path) {
  await ready(await Table.fromJson(path));
}

async function ready(table) {
  const SQL = await createRequire(import.meta.url)("sql.js")();
  database = new SQL.Database();
  database.run("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -500000");
  database.run(
    `create table image (${FIELDS.map(({ column }) => `${column} text`).join(", ")}, charge integer)`,
  );
  const insert = database.prepare(`insert into image values (${"?,".repeat(FIELDS.length)}?)`);
  database.run("begin");
  for (let row = 0; row < table.rows; row += 1) {
    const digest = table.codes[DIGEST][row];
    const values = FIELDS.map(({ index }) => table.text(index, table.codes[index][row]));
    insert.run([...values, table.charged[digest] ? null : digest]);
  }
  database.run("commit");
  insert.free();
  for (const { column } of FIELDS) database.run(`create index by_${column} on image (${column}, charge)`);
  database.run("analyze");
}

export function query(filter) {
  const tests = restrictions(filter);
  // A long list is bound as one JSON text: a statement has room for 32,766 values, and is prepared by their number.
  const where = tests.map(({ column, values }) =>
    values.length > 100
      ? `${column} in (select value from json_each(?))`
      : `${column} in (${values.map(() => "?").join(",")})`,
  );
  const text = `select count(*), count(distinct charge) from image${where.length ? ` where ${where.join(" and ")}` : ""}`;
  if (!prepared.has(text)) prepared.set(text, database.prepare(text));
  const statement = prepared.get(text);
  statement.bind(tests.flatMap(({ values }) => (values.length > 100 ? [JSON.stringify(values)] : values)));
  statement.step();
  const [images, quota] = statement.get();
  statement.reset();
  return { images, quota };
}
