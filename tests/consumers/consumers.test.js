/**
 * The package as it is installed, in pages and through bundlers, in Chromium under a strict policy. What Node and
 * TypeScript make of it is in tests/package/entries.test.js.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import * as vite from "vite";
import webpack from "webpack";
import { launch } from "../chromium.js";
import { installed } from "../packed.js";
import { answerAt, expected, page, program, serve, write } from "./support.js";

const { folder } = installed();
const browser = await launch();
const server = await serve(folder);
after(async () => {
  await browser.close();
  server.close();
});

const opens = async (path) =>
  assert.deepEqual(await answerAt(browser, server.url + path), { answer: expected, violations: [] });

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

test("the worker's face through Vite", async () => {
  write(folder, {
    "vite-worker/index.html": page("./main.js"),
    "vite-worker/main.js": `import { createEngine } from "scan-precheck/worker";
const engine = createEngine();
const inventory = await engine.load("RepoName,Tag\\nweb,1\\nweb,2\\n");
const { Data } = await engine.precheck(inventory, { Tags: "1" });
const { total } = await engine.facets(inventory, {}, { field: "tags" });
document.title = JSON.stringify([Data.ScanImageCount, Data.NeedAuthCount, total]);
tell(document.title);
`,
  });
  const options = { root: join(folder, "vite-worker"), base: "./", logLevel: "error", configFile: false };
  await vite.build({ ...options, build: { target: "es2022" } });
  const { answer, violations } = await answerAt(browser, `${server.url}vite-worker/dist/`);
  assert.deepEqual([answer, violations], ["[1,1,2]", []]);
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
