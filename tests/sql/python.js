/** The engines' Python packages, in a virtual environment of their own that is kept in the cache folder. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheDir } from "../../scripts/lib/paths.mjs";

/** What each engine takes. A package that is missing on a machine takes no other engine with it. */
const PACKAGES = {
  duckdb: ["duckdb==2.0.1"],
  postgresql: ["psycopg[binary]==3.3.9"],
  clickhouse: ["chdb==4.4.0"],
  trino: ["duckdb==2.0.1", "sqlglot==30.30.0"],
  spark: ["pyspark==4.3.0"],
};

const program = fileURLToPath(new URL("engines.py", import.meta.url));
const run = (command, args, options) => spawnSync(command, args, { encoding: "utf8", ...options });

/** @returns {{ python: string } | { missing: string }} A Python with what an engine takes, or why there is none. */
function pythonFor(engine) {
  const packages = PACKAGES[engine];
  const folder = join(cacheDir, `sql-${packages.join("+").replaceAll(/[^\w.+]+/g, "-")}`);
  const python = join(folder, "bin", "python");
  const installed = join(folder, "installed");
  if (existsSync(installed)) return { python };
  if (run("python3", ["--version"]).status !== 0) return { missing: "there is no python3" };
  if (run("python3", ["-m", "venv", "--clear", folder]).status !== 0)
    return { missing: "python3 cannot make a virtual environment" };
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages];
  const done = run(python, install, { timeout: 600_000 });
  if (done.status !== 0) return { missing: `pip cannot install ${packages.join(" ")}` };
  run("touch", [installed]);
  return { python };
}

/**
 * Puts cases to an engine: rows of its table, and statements with their parameters.
 *
 * @returns {{ answers: unknown[][] } | { missing: string }}
 */
export function ask(engine, cases) {
  const { python, missing } = pythonFor(engine);
  if (missing !== undefined) return { missing };
  const input = cases.map((one) => JSON.stringify(one)).join("\n");
  const done = run(python, [program, engine], { input, maxBuffer: 1 << 30, timeout: 1_800_000 });
  if (done.status !== 0) throw new Error(`${engine} failed: ${done.stderr.slice(-2000)}`);
  const lines = done.stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
  if (lines[0]?.missing !== undefined) return { missing: lines[0].missing };
  return { answers: lines };
}
