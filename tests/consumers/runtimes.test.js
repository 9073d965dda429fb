/**
 * The package as it is installed, in Deno, Bun and Jest, and from modules that its user compiled. A runtime that could
 * not be installed on this machine is skipped, and told as such.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { bill, estimate, facets, Inventory as OurInventory, plan, precheck } from "scan-precheck";
import { installed } from "../packed.js";
import { write } from "./support.js";

const { folder } = installed();
const runtimes = fileURLToPath(new URL("runtimes/node_modules", import.meta.url));
const sample = fileURLToPath(new URL("../../www/public/sample-inventory.json", import.meta.url));

const bun = join(runtimes, "bun/bin/bun.exe");
const deno = join(runtimes, "deno/bin.cjs");
const jest = join(runtimes, "jest/bin/jest.js");

/** Why a runtime is skipped; nothing where it runs. */
function unless(name, program, ...args) {
  const { status } = spawnSync(program, [...args, "--version"], { stdio: "ignore", timeout: 60_000 });
  return status === 0 ? false : `${name} could not be installed on this machine`;
}

/** The names of a face, as a program takes them. */
const NAMES = "Inventory, bill, estimate, facets, plan, precheck";

/**
 * Asks the sample, whose text is `text`, and leaves what comes of it in `answer`.
 *
 * @param {"using" | "const"} kept How an inventory is kept: Node 20 has no `using`.
 */
const asks = (kept) => `
  await init();
  let gone;
  const answer = {};
  {
    ${kept} inventory = await Inventory.load(new Blob([text]), { cycleStart: new Date("2026-11-20") });
    gone = inventory;
    answer.report = inventory.report;
    answer.precheck = precheck(inventory, { Tags: "latest" }).Data;
    answer.estimate = estimate(inventory, { tags: ["latest"] }, { remaining: 9 });
    answer.bill = bill(inventory, undefined, { now: 1795651200000 });
    answer.facets = facets(inventory, {}, { field: "registryTypes" });
    answer.plan = plan(inventory, {}, { remaining: 100, by: "repoNamespaces" });
    ${kept} restored = Inventory.restore(inventory.save());
    answer.restored = estimate(restored);
    ${kept === "const" ? "inventory.free(); restored.free();" : ""}
  }
  try {
    estimate(gone);
  } catch (error) {
    answer.afterwards = [error.name, error.code, error instanceof Error];
  }
  try {
    await Inventory.load("a,b\\n1,2\\n");
  } catch (error) {
    answer.wrong = [error.code, error.position.line, error.message];
  }
`;

/** Answers of the package here, which are held to in other tests. */
const expected = await (async () => {
  const inventory = await OurInventory.load(readFileSync(sample), { cycleStart: new Date("2026-11-20") });
  const restored = OurInventory.restore(inventory.save());
  const answer = {
    report: inventory.report,
    precheck: precheck(inventory, { Tags: "latest" }).Data,
    estimate: estimate(inventory, { tags: ["latest"] }, { remaining: 9 }),
    bill: bill(inventory, undefined, { now: 1795651200000 }),
    facets: facets(inventory, {}, { field: "registryTypes" }),
    plan: plan(inventory, {}, { remaining: 100, by: "repoNamespaces" }),
    restored: estimate(restored),
    afterwards: ["ScanPrecheckError", "disposed", true],
  };
  await OurInventory.load("a,b\n1,2\n").catch((error) => {
    answer.wrong = [error.code, error.position.line, error.message];
  });
  inventory.free();
  restored.free();
  return JSON.parse(JSON.stringify(answer));
})();

const asModule = (entry) => `import { readFileSync } from "node:fs";
import init, { ${NAMES} } from "${entry}";
const text = readFileSync(${JSON.stringify(sample)});
${asks("using")}
console.log(JSON.stringify(answer));
`;

const worker = `import { readFileSync } from "node:fs";
import { createEngine } from "scan-precheck/worker";
const engine = createEngine();
const inventory = await engine.load(new Blob([readFileSync(${JSON.stringify(sample)})]));
const { images } = await engine.estimate(inventory);
const { total } = await engine.facets(inventory, {}, { field: "registryTypes" });
console.log(JSON.stringify({ images, total }));
engine.terminate();
`;

/** The package by its name, as a program's own package.json has it. */
const version = JSON.parse(
  readFileSync(join(folder, "node_modules/scan-precheck/package.json"), "utf8"),
).version;
write(folder, {
  "package.json": JSON.stringify({ private: true, dependencies: { "scan-precheck": version } }),
  "main.mjs": asModule("scan-precheck"),
  "inline.mjs": asModule("scan-precheck/inline"),
  "worker.mjs": worker,
  "require.cjs": `const { readFileSync } = require("node:fs");
const { default: init, ${NAMES} } = require("scan-precheck");
(async () => {
  const text = readFileSync(${JSON.stringify(sample)});
  ${asks("using")}
  console.log(JSON.stringify(answer));
})();
`,
});

/** Runs a program to its end, and gives what it prints as JSON. */
function printed(program, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: folder, NO_COLOR: "1", ...env },
    timeout: 120_000,
  });
  assert.deepEqual([status, stderr], [0, ""], stdout);
  return JSON.parse(stdout);
}

describe("Bun", () => {
  const run = (file) => printed(bun, ["run", "--no-install", file]);
  const options = { skip: unless("Bun", bun) };

  for (const file of ["main.mjs", "inline.mjs", "require.cjs"]) {
    test(`the sample is answered as in Node: ${file}`, options, () => assert.deepEqual(run(file), expected));
  }

  test("the worker's face", options, () => assert.deepEqual(run("worker.mjs"), { images: 4860, total: 4 }));
});

describe("Deno", () => {
  const allowed = `--allow-read=${folder},${sample}`;
  const options = { skip: unless("Deno", process.execPath, deno) };
  const run = (file, ...permissions) =>
    printed(process.execPath, [
      deno,
      "run",
      "--no-prompt",
      "--no-remote",
      "--cached-only",
      ...permissions,
      file,
    ]);

  for (const file of ["main.mjs", "inline.mjs", "require.cjs"]) {
    test(`the sample is answered as in Node, by leave to read alone: ${file}`, options, () =>
      assert.deepEqual(run(file, allowed), expected),
    );
  }

  test("the worker's face, by leave to read alone", options, () =>
    assert.deepEqual(run("worker.mjs", allowed), { images: 4860, total: 4 }),
  );
});

test("Jest, by require", { skip: unless("Jest", process.execPath, jest) }, () => {
  write(folder, {
    "jest/package.json": "{}",
    "jest/sample.test.js": `const { readFileSync, writeFileSync } = require("node:fs");
const { default: init, ${NAMES} } = require("scan-precheck");
test("the sample", async () => {
  const text = readFileSync(${JSON.stringify(sample)});
  ${asks("const")}
  writeFileSync("answer.json", JSON.stringify(answer));
});
`,
  });
  const args = [jest, "--rootDir", join(folder, "jest"), "--no-cache", "--watchman=false"];
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: join(folder, "jest"),
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  assert.deepEqual(JSON.parse(readFileSync(join(folder, "jest/answer.json"), "utf8")), expected);
});

test("a bundle for the edge, from modules that its user compiled, with nothing fetched", async () => {
  write(folder, {
    "edge/main.js": `import init, { ${NAMES} } from "scan-precheck";
export async function answerTo(text, parts) {
  const ready = init;
  {
    const init = () => ready(parts);
    ${asks("const")}
    return answer;
  }
}
`,
    "edge/run.mjs": `import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { answerTo } from "./dist/main.js";
globalThis.fetch = () => { throw new Error("nothing is to be fetched"); };
const part = (name) => WebAssembly.compile(readFileSync(fileURLToPath(import.meta.resolve("scan-precheck/" + name))));
const [module, more] = await Promise.all(["scan_precheck_bg.wasm", "scan_precheck_more_bg.wasm"].map(part));
console.log(JSON.stringify(await answerTo(readFileSync(${JSON.stringify(sample)}), { module, more })));
`,
  });
  await esbuild.build({
    entryPoints: [join(folder, "edge/main.js")],
    outfile: join(folder, "edge/dist/main.js"),
    bundle: true,
    format: "esm",
    platform: "neutral",
  });
  write(folder, { "edge/package.json": '{ "type": "module" }' });
  assert.deepEqual(printed(process.execPath, ["edge/run.mjs"]), expected);
});
