/**
 * The package as it is installed, in every common set-up: programs, compilers, bundlers and pages.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import * as vite from "vite";
import webpack from "webpack";
import { answerAt, expected, install, launch, page, program, root, serve, write } from "./support.js";

const { folder, tarball } = install();
const browser = await launch();
const server = await serve(folder);
after(async () => {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
});

const run = (...args) => execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
const opens = async (path) =>
  assert.deepEqual(await answerAt(browser, server.url + path), { answer: expected, violations: [] });

for (const entry of ["scan-precheck", "scan-precheck/inline"]) {
  test(`Node, import of ${entry}`, () => {
    write(folder, { "esm.mjs": program(entry, "console.log") });
    assert.equal(run("esm.mjs"), `${expected}\n`);
  });

  test(`Node, require of ${entry}`, () => {
    const body = program(entry, "console.log").split("\n").slice(2).join("\n");
    const names = `const { Inventory, facets, precheck } = require("${entry}");`;
    write(folder, { "cjs.cjs": `${names}\n(async () => {\n${body}})();\n` });
    assert.equal(run("cjs.cjs"), `${expected}\n`);
  });

  for (const [resolution, module, file] of [
    ["node16", "node16", "typed.mts"],
    ["node16", "node16", "typed.cts"],
    ["bundler", "esnext", "typed.mts"],
  ]) {
    test(`TypeScript, ${entry} in ${file} with moduleResolution ${resolution}`, () => {
      write(folder, {
        [file]: `import init, { Inventory } from "${entry}";
export const ready: Promise<void> = init();
export const inventory: Promise<Inventory> = Inventory.load("");
// @ts-expect-error
Inventory.load(1);
`,
      });
      const options = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2023,dom", "--types", ""];
      const place = ["--module", module, "--moduleResolution", resolution];
      run(join(root, "node_modules/typescript/bin/tsc"), ...options, ...place, file);
    });
  }
}

test("a page without a bundler", async () => {
  write(folder, {
    "plain/index.html": page("main.js"),
    "plain/main.js": program("/node_modules/scan-precheck/npm/browser.js", "tell"),
  });
  await opens("plain/");
});

test("a module worker without a bundler", async () => {
  write(folder, {
    "worker/index.html": page("main.js"),
    "worker/main.js": `new Worker("worker.js", { type: "module" }).onmessage = ({ data }) => tell(data);`,
    "worker/worker.js": program("/node_modules/scan-precheck/npm/browser.js", "postMessage"),
  });
  await opens("worker/");
});

const source = (name, entry = "scan-precheck") =>
  write(folder, {
    [`${name}/index.html`]: page("./main.js"),
    [`${name}/main.js`]: program(entry, "tell"),
  });

test("Vite, built", async () => {
  source("vite");
  const options = { root: join(folder, "vite"), base: "./", logLevel: "error", configFile: false };
  await vite.build({ ...options, build: { target: "es2022" } });
  await opens("vite/dist/");
});

test("Vite's server for development", async () => {
  source("vite-dev");
  const options = { root: join(folder, "vite-dev"), logLevel: "error", configFile: false };
  const dev = await vite.createServer({
    ...options,
    server: { host: "127.0.0.1", port: 0, fs: { allow: [folder] } },
  });
  try {
    await dev.listen();
    const { answer } = await answerAt(browser, dev.resolvedUrls.local[0]);
    assert.equal(answer, expected);
  } finally {
    await dev.close();
  }
});

test("webpack", async () => {
  source("webpack");
  const context = join(folder, "webpack");
  const output = { path: join(context, "dist"), publicPath: "auto" };
  await new Promise((resolve, reject) => {
    webpack({ context, mode: "production", entry: "./main.js", output }, (error, stats) =>
      error || stats.hasErrors() ? reject(error ?? new Error(stats.toString())) : resolve(),
    );
  });
  write(folder, { "webpack/dist/index.html": page("main.js") });
  await opens("webpack/dist/");
});

test("esbuild, with the inline entry", async () => {
  source("esbuild", "scan-precheck/inline");
  const at = (name) => join(folder, "esbuild", name);
  await esbuild.build({
    entryPoints: [at("main.js")],
    outfile: at("dist/main.js"),
    bundle: true,
    format: "esm",
  });
  write(folder, { "esbuild/dist/index.html": page("main.js") });
  await opens("esbuild/dist/");
});

test("Rollup, with the inline entry", async () => {
  source("rollup", "scan-precheck/inline");
  const at = (name) => join(folder, "rollup", name);
  const bundle = await rollup({ input: at("main.js"), plugins: [nodeResolve({ browser: true })] });
  await bundle.write({ file: at("dist/main.js"), format: "es" });
  write(folder, { "rollup/dist/index.html": page("main.js") });
  await opens("rollup/dist/");
});

test("the hashes are those of what is installed", () => {
  const pkg = join(folder, "node_modules/scan-precheck/pkg");
  const hashes = Object.entries(JSON.parse(readFileSync(join(pkg, "integrity.json"), "utf8")));
  assert.ok(hashes.length >= 3);
  for (const [name, hash] of hashes) {
    const bytes = readFileSync(join(pkg, name));
    assert.equal(hash, `sha384-${createHash("sha384").update(bytes).digest("base64")}`, name);
  }
});

test("publint finds nothing", () => {
  run(join(root, "node_modules/publint/src/cli.js"), "run", tarball, "--strict");
});

test("the types are right wherever they are looked for", () => {
  // The raw modules are no code and have no types; resolution without `exports` knows no entries.
  const untyped = ["scan_precheck_bg.wasm", "scan_precheck_more_bg.wasm"];
  const attw = join(root, "node_modules/@arethetypeswrong/cli/dist/index.js");
  run(attw, tarball, "--profile", "node16", "--exclude-entrypoints", ...untyped);
});
