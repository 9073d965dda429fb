/**
 * The stages of the test command. Each is a list of checks; a check is one command, with the way to
 * count the tests that it ran.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { ofCargoTest, ofNextest, ofNodeTest, toldByNodeTest } from "./counts.mjs";
import { inRoot, root, scratchDir } from "./paths.mjs";
import { ask, Failure } from "./run.mjs";
import { filesUnder, writeStamp } from "./stamp.mjs";
import { biome, findBrowser, findWasmBindgen, tsc, wasmTarget } from "./tools.mjs";

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {string} command
 * @property {readonly string[]} args
 * @property {Record<string, string | undefined>} [env]
 * @property {(output: string) => import("./counts.mjs").Counts} [count] Without it the check counts
 *   as one test.
 * @property {(output: string) => readonly string[]} [tell] Lines of the output that are shown though all is well.
 * @property {boolean} [mayBeEmpty] Running no test is no failure.
 * @property {boolean} [live] Its lines are shown as they come: it may take minutes, once.
 */

const node = (name, ...args) => ({ name, command: process.execPath, args });
const cargo = (name, ...args) => ({ name, command: "cargo", args });

/** The stages in the order in which they run: the quick ones that fail most often first. */
export const stages = {
  setup: () => [{ ...node("setup", inRoot("scripts/setup.mjs"), "--tests"), live: true }],
  lint,
  rust,
  "wasm-node": () => [wasmTests({})],
  "wasm-browser": () => [wasmTests({ WASM_BINDGEN_USE_BROWSER: "1", ...driven() })],
  "wasm-worker": () => [wasmTests({ WASM_BINDGEN_USE_DEDICATED_WORKER: "1", ...driven() })],
  build: () => [node("build", inRoot("scripts/build.mjs"))],
  docs: () => [node("reference", inRoot("scripts/docs.mjs"))],
  sample: () => [nodeTests("tests/sample")],
  package: () => [nodeTests("tests/package")],
  cli: () => [nodeTests("tests/cli")],
  serve: () => [nodeTests("tests/serve")],
  sql: () => [nodeTests("tests/sql", "--test-concurrency=1")],
  consumers: () => [nodeTests("tests/consumers", "--test-concurrency=1")],
  page: () => [nodeTests("tests/page", "--test-concurrency=1")],
};

function lint() {
  const clippy = ["clippy", "--locked", "--all-targets"];
  const checks = [
    cargo("cargo fmt", "fmt", "--check"),
    cargo("clippy", ...clippy, "--", "-D", "warnings"),
    cargo("clippy for wasm", ...clippy, "--target", wasmTarget, "--", "-D", "warnings"),
    node("biome", biome, "check", "--error-on-warnings"),
  ];
  // The types of the glue are part of what the JavaScript is checked against: those of this crate, not of an older one.
  checks.push(node("glue for the types", inRoot("scripts/build.mjs"), "--wasm-only"));
  const typed = ["npm", "cli", "www"].filter(
    (folder) => folder === "www" || existsSync(inRoot(folder, "tsconfig.json")),
  );
  for (const folder of typed) checks.push(node(`tsc ${folder}`, tsc, "-p", inRoot(folder), "--noEmit"));
  return checks;
}

function rust() {
  const nextest = ask("cargo", ["nextest", "--version"]) !== null;
  const tests = nextest
    ? { ...cargo("cargo nextest", "nextest", "run", "--locked", "--no-fail-fast"), count: ofNextest }
    : {
        ...cargo("cargo test", "test", "--locked", "--no-fail-fast", "--lib", "--examples", "--tests"),
        count: ofCargoTest,
      };
  // The examples in the documentation, which nextest does not run.
  const examples = {
    ...cargo("doc tests", "test", "--locked", "--doc"),
    count: ofCargoTest,
    mayBeEmpty: true,
  };
  const reference = {
    ...cargo("cargo doc", "doc", "--locked", "--no-deps"),
    env: { RUSTDOCFLAGS: "-D warnings" },
  };
  // What would be published, without compiling it again.
  const published = cargo("cargo package", "package", "--locked", "--no-verify", "--allow-dirty");
  return [tests, examples, reference, published];
}

/** tests/wasm.rs through wasm-bindgen's runner, which takes the place to run in from the environment. */
function wasmTests(place) {
  const found = findWasmBindgen();
  if (!found)
    throw new Failure("the wasm-bindgen command line is not there", { remedy: "run `npm run setup`" });
  return {
    ...cargo("tests/wasm.rs", "test", "--locked", "--target", wasmTarget, "--test", "wasm"),
    env: {
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: found.testRunner,
      // Two places at once are refused, so none may come in from outside.
      WASM_BINDGEN_USE_BROWSER: undefined,
      WASM_BINDGEN_USE_DEDICATED_WORKER: undefined,
      WASM_BINDGEN_USE_NODE_EXPERIMENTAL: undefined,
      WASM_BINDGEN_USE_DENO: undefined,
      WASM_BINDGEN_TEST_TIMEOUT: process.env.WASM_BINDGEN_TEST_TIMEOUT ?? "120",
      WASM_BINDGEN_TEST_DRIVER_TIMEOUT: process.env.WASM_BINDGEN_TEST_DRIVER_TIMEOUT ?? "30",
      ...place,
    },
    count: ofCargoTest,
  };
}

/** What makes the runner use our browser: webdriver.json with the place of the browser added. */
function driven() {
  const { browser, driver } = findBrowser();
  if (!browser || !driver) {
    throw new Failure("there is no browser to run the tests in", {
      remedy: "run `node scripts/setup.mjs --tests`",
    });
  }
  const capabilities = JSON.parse(readFileSync(inRoot("webdriver.json"), "utf8"));
  capabilities["goog:chromeOptions"].binary = browser;
  const path = join(scratchDir, "webdriver.json");
  writeStamp(path, JSON.stringify(capabilities));
  return { CHROMEDRIVER: driver, WASM_BINDGEN_TEST_WEBDRIVER_JSON: path };
}

/** The files named `*.test.mjs` in a folder. Listed here: what `node --test FOLDER` finds changes with Node. */
function nodeTests(folder, ...options) {
  const skip = (path) => /\/(?:node_modules|output|fixtures)$/.test(path);
  const files = filesUnder([inRoot(folder)], skip).filter((path) => /\.test\.(?:mjs|cjs|js)$/.test(path));
  if (files.length === 0) throw new Failure(`${folder}/ holds no *.test.mjs`);
  const { browser, driver } = findBrowser();
  return {
    ...node(`node --test ${folder}`, "--test", "--test-reporter=spec", ...options),
    args: ["--test", "--test-reporter=spec", ...options, ...files.map((path) => relative(root, path))],
    env: { CHROME: browser ?? undefined, CHROMEDRIVER: driver ?? undefined },
    count: ofNodeTest,
    tell: toldByNodeTest,
  };
}
