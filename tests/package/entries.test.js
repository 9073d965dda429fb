/**
 * The package as others install it: packed, put into an empty folder, and loaded in every way that its entries promise.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { installed } from "../packed.js";
import { root } from "./support.js";

const { folder, tarball } = installed();
const ours = join(folder, "node_modules/scan-precheck");

const bin = (name) => join(root, "node_modules", name);

/** Runs a file in the folder, and gives what it prints; a warning is an error. */
function run(name, text) {
  writeFileSync(join(folder, name), text);
  const { stdout, stderr } = spawnSync(process.execPath, [name], { cwd: folder, encoding: "utf8" });
  assert.equal(stderr, "");
  return stdout.trim();
}

const ask = `const inventory = await Inventory.load("RepoName,Tag\\nweb,1\\nweb,2\\n");
  const { ScanImageCount, NeedAuthCount } = precheck(inventory, { Tags: "1" }).Data;
  console.log(ScanImageCount, NeedAuthCount, plan(inventory, {}, { remaining: 1, by: "tags" }).images);`;
const asynchronously = `(async () => { await init(); ${ask} })();`;
const right = "1 1 1";

describe("in Node", () => {
  for (const entry of ["scan-precheck", "scan-precheck/inline"]) {
    test(`import of ${entry}`, () => {
      const imports = `import init, { Inventory, plan, precheck } from "${entry}";`;
      assert.equal(run("import.mjs", `${imports}\n${asynchronously}`), right);
    });

    test(`require of ${entry}`, () => {
      const required = `const { default: init, Inventory, plan, precheck } = require("${entry}");`;
      assert.equal(run("require.cjs", `${required}\n${asynchronously}`), right);
    });
  }

  test("import and require see the same inventories", () => {
    const text = `import { createRequire } from "node:module";
      import { Inventory } from "scan-precheck";
      const { precheck, plan } = createRequire(import.meta.url)("scan-precheck");
      ${ask}`;
    assert.equal(run("both.mjs", text), right);
  });

  test("the worker's face is there for both", () => {
    const asked = "console.log(typeof createEngine().estimate, typeof latestOnly)";
    const imports = 'import { createEngine, latestOnly } from "scan-precheck/worker";';
    assert.equal(run("worker.mjs", `${imports}\n${asked}`), "function function");
    const required = 'const { createEngine, latestOnly } = require("scan-precheck/worker");';
    assert.equal(run("worker.cjs", `${required}\n${asked}`), "function function");
  });

  test("the raw module, the models and the hashes are found by name", () => {
    const text = `import { readFileSync } from "node:fs";
      import { fileURLToPath } from "node:url";
      const read = (name) => readFileSync(fileURLToPath(import.meta.resolve("scan-precheck/" + name)));
      const modules = ["bg", "more_bg", "extra_bg"].map((name) => "scan_precheck_" + name + ".wasm");
      const names = [...modules, "models/tencent-tcss.json", "integrity.json", "package.json"];
      console.log(modules.every((name) => WebAssembly.validate(read(name))), names.every((name) => read(name).length > 0));`;
    assert.equal(run("raw.mjs", text), "true true");
  });
});

test("the hashes are those of the files", () => {
  const hashes = JSON.parse(readFileSync(join(ours, "pkg/integrity.json"), "utf8"));
  assert.deepEqual(Object.keys(hashes), [
    "scan_precheck_bg.wasm",
    "scan_precheck_more_bg.wasm",
    "scan_precheck_extra_bg.wasm",
    "scan_precheck.js",
  ]);
  for (const [name, hash] of Object.entries(hashes)) {
    const bytes = readFileSync(join(ours, "pkg", name));
    assert.equal(hash, `sha384-${createHash("sha384").update(bytes).digest("base64")}`);
  }
});

describe("TypeScript", () => {
  const good = `import init, { estimate, Inventory, type Filter } from "scan-precheck";
    import { createEngine } from "scan-precheck/worker";
    import * as inline from "scan-precheck/inline";
    const filter: Filter = { tags: ["1"] };
    export async function ask(text: string): Promise<number> {
      await init();
      const far = await createEngine().load(text);
      console.log(far.images, inline.Inventory === Inventory);
      return estimate(await Inventory.load(text), filter).quota;
    }`;
  const bad = good.replace('tags: ["1"]', "tags: 1");
  for (const [name, module, moduleResolution] of [
    ["index.mts", "node16", "node16"],
    ["index.cts", "node16", "node16"],
    ["index.ts", "esnext", "bundler"],
  ]) {
    test(`${name} with moduleResolution ${moduleResolution}`, () => {
      const compile = (text) => {
        writeFileSync(join(folder, name), text);
        const options = [
          "--noEmit",
          "--strict",
          "--target",
          "es2022",
          "--lib",
          "es2023,dom,esnext.disposable",
        ];
        const resolution = ["--module", module, "--moduleResolution", moduleResolution, "--types", ""];
        const args = [bin("typescript/bin/tsc"), ...options, ...resolution, name];
        return spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
      };
      const { status, stdout } = compile(good);
      assert.equal(status, 0, stdout);
      assert.match(compile(bad).stdout, /not assignable/);
    });
  }
});

describe("what others check packages by", () => {
  test("publint", () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [bin("publint/src/cli.js"), "run", tarball, "--strict"],
      {
        encoding: "utf8",
      },
    );
    assert.match(stdout, /All good!/);
    assert.equal(status, 0);
  });

  test("are the types wrong?", () => {
    // Resolution of before 2022 knows no `exports`; modules of WebAssembly and the worker's script have no types.
    const modules = ["bg", "more_bg", "extra_bg"].map((name) => `scan_precheck_${name}.wasm`);
    const untyped = ["worker-script", ...modules];
    const args = [tarball, "--profile", "node16", "--format", "json", "--exclude-entrypoints", ...untyped];
    const { status, stdout } = spawnSync(
      process.execPath,
      [bin("@arethetypeswrong/cli/dist/index.js"), ...args],
      { encoding: "utf8", maxBuffer: 2 ** 26 },
    );
    const { analysis, problems = {} } = JSON.parse(stdout);
    assert.equal(status, 0, JSON.stringify(problems));
    assert.ok(Object.keys(analysis.entrypoints).length >= 5);
  });
});

test("a bundler that trusts `sideEffects` keeps what makes the module ready", async () => {
  const { build } = await import("vite");
  writeFileSync(
    join(folder, "inline.mjs"),
    `import { Inventory, plan, precheck } from "scan-precheck/inline";\nexport const done = (async () => { ${ask} })();`,
  );
  await build({
    root: folder,
    configFile: false,
    logLevel: "error",
    build: {
      lib: { entry: "inline.mjs", formats: ["es"], fileName: "bundled" },
      target: "es2022",
      outDir: "dist",
    },
  });
  const { stdout, stderr } = spawnSync(process.execPath, ["dist/bundled.mjs"], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(stdout.trim(), right, stderr);
});
