/**
 * Builds `pkg/`: crate → cargo → wasm-bindgen → wasm-opt. The same sources give the same bytes in
 * whatever folder and under whatever user they are built.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { rustVersion } from "./install.mjs";
import { inRoot, pkgDir, root, scratchDir } from "./paths.mjs";
import { Failure, run, step } from "./run.mjs";
import { say, seconds } from "./say.mjs";
import { hashOf, once } from "./stamp.mjs";
import { wasmOpt, wasmTarget } from "./tools.mjs";

const glue = "scan_precheck.js";
const module = "scan_precheck_bg.wasm";
const outputs = [glue, module, "scan_precheck.d.ts", `${module}.d.ts`];

/** What wasm-opt may use: the baseline of today's browsers, and nothing newer that it knows. */
const features = [
  "--mvp-features",
  "--enable-bulk-memory",
  "--enable-bulk-memory-opt",
  "--enable-call-indirect-overlong",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
  "--enable-simd",
];

/**
 * @param {{ wasmBindgen: { cli: string, version: string }, dev?: boolean }} options
 * @returns {Promise<boolean>} Whether anything was to be built.
 */
export async function buildWasm({ wasmBindgen, dev = false }) {
  const sources = ["src", "Cargo.toml", "Cargo.lock", ".cargo", "build.rs", "rust-toolchain.toml"];
  const made = hashOf(
    [
      ...sources.map((path) => inRoot(path)),
      inRoot("scripts/lib/wasm.mjs"),
      join(wasmOpt, "../../package.json"),
    ],
    [dev ? "dev" : "release", rustVersion(), wasmBindgen.version],
  );
  const files = outputs.map((name) => join(pkgDir, name));
  return once("wasm", made, files, async () => {
    const began = Date.now();
    say(`Building the WebAssembly module${dev ? ", for development" : ""} (a minute the first time) …`);
    const compiled = await compile(dev);
    await bind(compiled, wasmBindgen.cli, dev);
    say(`The module is in pkg/ (${seconds((Date.now() - began) / 1000)}).`);
  });
}

/** Compiles the crate; answers with the path of the compiled module. */
async function compile(dev) {
  await step(
    "cargo could not fetch the crates",
    "see cargo's message above; a changed Cargo.toml needs `cargo update --workspace` to bring Cargo.lock along",
    "cargo",
    ["fetch", "--locked", "--target", wasmTarget],
  );
  const done = await step(
    "the crate does not compile for WebAssembly",
    "correct the errors above",
    "cargo",
    [
      "build",
      "--lib",
      "--locked",
      "--target",
      wasmTarget,
      ...(dev ? [] : ["--release"]),
      // By `--config`, since these flags then join those of .cargo/config.toml. In RUSTFLAGS they
      // would replace them.
      "--config",
      `target.${wasmTarget}.rustflags=${JSON.stringify(remaps())}`,
      "--message-format=json-render-diagnostics",
    ],
    { env: { RUSTFLAGS: undefined, CARGO_ENCODED_RUSTFLAGS: undefined } },
  );
  const path = done.stdout
    .split("\n")
    .filter((line) => line.includes('"compiler-artifact"'))
    .flatMap((line) => JSON.parse(line).filenames)
    .findLast((name) => name.endsWith("scan_precheck.wasm"));
  if (path) return path;
  throw new Failure("cargo made no scan_precheck.wasm", {
    remedy: "Cargo.toml's [lib] needs crate-type `cdylib`",
  });
}

/** Takes this machine's folders out of the paths that panics carry. The last that matches counts. */
function remaps() {
  const cargoHome = process.env.CARGO_HOME || join(homedir(), ".cargo");
  const registry = join(cargoHome, "registry", "src");
  const crates = existsSync(registry) ? readdirSync(registry).map((name) => join(registry, name)) : [];
  return [
    [homedir(), "/home"],
    [cargoHome, "/cargo"],
    ...crates.sort().map((folder) => [folder, "/crates"]),
    [root, "/scan-precheck"],
  ].map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
}

/** Makes the glue and optimises the module. `pkg/` changes only when everything has succeeded. */
async function bind(compiled, cli, dev) {
  const fresh = join(scratchDir, "pkg");
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  await step(
    "wasm-bindgen could not make the glue",
    "wasm-bindgen must have one version in Cargo.lock and on the command line: run `npm run setup`",
    cli,
    [
      compiled,
      "--out-dir",
      fresh,
      "--target",
      "web",
      // Each entry of the package says itself where the module is: bundlers need not find it twice.
      "--omit-default-module-path",
      // What brings an instance back after a trap.
      "--experimental-reset-state-function",
      ...(dev ? [] : ["--remove-name-section", "--remove-producers-section"]),
    ],
  );
  if (!dev) {
    await optimise(join(fresh, module));
    await shorten(join(fresh, glue), join(fresh, module));
  }
  mkdirSync(pkgDir, { recursive: true });
  for (const name of outputs) copyFileSync(join(fresh, name), join(pkgDir, name));
}

/**
 * An engine goes over to its quicker code between two calls of a function: what the crate calls over and over for parts
 * of a long work must stay a function of its own, even where it has one caller only. It makes the module smaller too.
 */
const inlining = "--one-caller-inline-max-function-size=100";

async function optimise(path) {
  const smaller = `${path}.opt`;
  const args = [wasmOpt, path, "-o", smaller, "-O3", inlining, "--strip-target-features", ...features];
  const done = await run(process.execPath, args);
  if (!done.ok) {
    throw new Failure("wasm-opt could not optimise the module", {
      output: done.output,
      remedy:
        "a feature that it names belongs into `features` of scripts/lib/wasm.mjs, if every browser has it",
    });
  }
  renameSync(smaller, path);
}

/**
 * Minifies the glue, and takes the hashes out of the names that it shares with the module: hundreds of bytes in each of
 * the two that no compression makes smaller. Names keep their length, so that nothing in the module moves.
 */
async function shorten(gluePath, modulePath) {
  const { minify } = await import("vite");
  let text = readFileSync(gluePath, "utf8");
  // One character a byte, there and back.
  let binary = readFileSync(modulePath, "latin1");
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(modulePath)));
  for (const [index, { name }] of imports.entries()) {
    const short = name.replace(/(?<=_)[0-9a-f]{16}$/, String(index).padStart(16, "0"));
    for (const inside of [text, binary]) {
      if (inside.split(name).length !== 2) {
        throw new Failure(`the import ${name} does not stand once in glue and module`, {
          remedy: "see what the wasm-bindgen command line makes of imports now",
        });
      }
    }
    text = text.replace(name, short);
    binary = binary.replace(name, short);
  }
  const minified = await minify(gluePath, text, { module: true });
  if (minified.errors.length > 0) {
    throw new Failure("the glue could not be minified", { output: JSON.stringify(minified.errors) });
  }
  writeFileSync(gluePath, minified.code);
  writeFileSync(modulePath, binary, "latin1");
}
