/**
 * DuckDB in WebAssembly: texts as it compresses them itself, and the charge key as a column of its own.
 */
import { createRequire } from "node:module";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { COLUMNS, CYCLE_START, FIELDS, restrictions } from "../fields.mjs";
import { columnsOfObjects } from "../read/objects.mjs";
import { lineTexts } from "../read/stream.mjs";
import { inModules } from "../sizes.mjs";

const dist = inModules("@duckdb/duckdb-wasm/dist");

export const name = "DuckDB-wasm";
export const files = ["duckdb-eh.wasm", "duckdb-browser-eh.worker.js", "duckdb-browser.mjs"].map(
  (file) => `${dist}/${file}`,
);

let connection;

async function connect() {
  const duckdb = createRequire(import.meta.url)("@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs");
  const bundle = (kind) => ({ mainModule: `${dist}/duckdb-${kind}.wasm`, mainWorker: "" });
  const bundles = { mvp: bundle("mvp"), eh: bundle("eh") };
  const database = await duckdb.createDuckDB(bundles, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME);
  await database.instantiate(() => {});
  database.open({ path: ":memory:" });
  connection = database.connect();
}

export async function loadCsv(path) {
  await connect();
  const types = COLUMNS.map((column) => `'${column}': '${column === "LastScanTime" ? "BIGINT" : "VARCHAR"}'`);
  const file = path.replaceAll("'", "''");
  connection.query(
    `create table read as from read_csv('${file}', header = true, columns = {${types.join(", ")}})`,
  );
  ready();
}

/** Its JSON reader is an extension that it would fetch over the network, so pages go in as Arrow. */
export async function loadJson(path) {
  await connect();
  let create = true;
  for await (const text of lineTexts(path)) {
    const rows = text.split("\n").flatMap((line) => JSON.parse(line).ImageInstanceList);
    const columns = columnsOfObjects(rows);
    columns.LastScanTime = Float64Array.from(columns.LastScanTime, (time) => time ?? 0);
    connection.insertArrowFromIPCStream(tableToIPC(tableFromArrays(columns)), { name: "read", create });
    create = false;
  }
  ready();
}

function ready() {
  connection.query(`create table image as
    with digest as (
      select Digest, row_number() over () as number, coalesce(max(LastScanTime), 0) >= ${CYCLE_START} as charged
      from read group by Digest)
    select ${FIELDS.map(({ column }) => `read.${column}`).join(", ")},
      case when charged then null else number::integer end as charge
    from read join digest using (Digest)`);
  connection.query("drop table read");
}

const quoted = (value) => `'${value.replaceAll("'", "''")}'`;

function where(filter, without) {
  const tests = restrictions(filter).filter(({ key }) => key !== without);
  if (tests.length === 0) return "";
  return ` where ${tests.map(({ column, values }) => `${column} in (${values.map(quoted).join(",")})`).join(" and ")}`;
}

const counts = "count(*)::integer as images, count(distinct charge)::integer as quota";

export function query(filter) {
  const { images, quota } = connection.query(`select ${counts} from image${where(filter)}`).get(0);
  return { images, quota };
}

export function facets(filter, limit) {
  return FIELDS.map(({ key, column }) => {
    const group = `select ${column} as value, ${counts} from image${where(filter, key)} group by 1`;
    const answer = connection.query(`${group} order by images desc limit ${limit}`);
    return answer.toArray().map(({ value, images, quota }) => ({ value, images, quota }));
  });
}
