/**
 * Builds `pkg/`: crate → cargo → wasm-bindgen → parts (`split.mjs`) → wasm-opt. The same sources give the same bytes
 * in whatever folder and under whatever user they are built.
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
import { dataOfOnly } from "./data.mjs";
import { withImportsNamed } from "./imports.mjs";
import { rustVersion } from "./install.mjs";
import { firstPart, furtherParts } from "./parts.mjs";
import { inRoot, pkgDir, root, scratchDir } from "./paths.mjs";
import { Failure, step } from "./run.mjs";
import { say, seconds } from "./say.mjs";
import { FIRST, split } from "./split.mjs";
import { hashOf, once } from "./stamp.mjs";
import { wasmAs, wasmDis, wasmOpt, wasmTarget } from "./tools.mjs";

const glue = "scan_precheck.js";
const types = "scan_precheck.d.ts";
const partFiles = [firstPart, ...furtherParts.map(({ file }) => file)];
const outputs = [glue, ...partFiles, types, `${firstPart}.d.ts`];

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
      ...["wasm", "parts", "split", "data", "imports"].map((name) => inRoot(`scripts/lib/${name}.mjs`)),
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
      // The names stay until the module has been cut by them.
      ...(dev ? [] : ["--remove-producers-section"]),
    ],
  );
  const paths = partFiles.map((file) => join(fresh, file));
  if (dev) for (const path of paths.slice(1)) writeFileSync(path, emptyModule);
  else await cut(paths, compiled);
  takeSnippetsIn(fresh);
  joinInGlue(join(fresh, glue), join(fresh, types), dev);
  if (!dev) {
    for (const path of paths) await optimise(path);
    await shorten(join(fresh, glue), paths);
  }
  mkdirSync(pkgDir, { recursive: true });
  for (const name of outputs) copyFileSync(join(fresh, name), join(pkgDir, name));
}

/** JavaScript that stands within the crate comes as files which the glue imports: it becomes a part of the glue. */
function takeSnippetsIn(folder) {
  const path = join(folder, glue);
  const text = readFileSync(path, "utf8");
  const withSnippets = text.replace(/^import \{[^}]*\} from '(\.\/snippets\/[^']+)';\n/gm, (_, snippet) =>
    readFileSync(join(folder, snippet), "utf8").replace(/^export /gm, ""),
  );
  if (/^import /m.test(withSnippets)) {
    throw new Failure("the glue imports something beside the JavaScript within the crate", {
      remedy:
        "see what the wasm-bindgen command line makes of the glue now, and correct scripts/lib/wasm.mjs",
    });
  }
  writeFileSync(path, withSnippets);
}

/** In a build for development the first part is everything: to write it out and read it in again takes its time. */
const emptyModule = new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);

/** Cuts the module at the first path into parts, each at its path. `compiled` is what the linker made. */
async function cut(paths, compiled) {
  const [path] = paths;
  const text = `${path}.wat`;
  await binaryen("wasm-dis could not write out the module", wasmDis, [path, "-o", text]);
  const linked = readFileSync(compiled);
  const parts = split(readFileSync(text, "utf8"), furtherParts, (isOwn) => dataOfOnly(linked, isOwn));
  for (const [at, name] of ["first", ...furtherParts.map(({ name }) => name)].entries()) {
    writeFileSync(text, parts[name]);
    // With names, by which wasm-opt sorts some of what it does.
    await binaryen("wasm-as could not read a part of the module", wasmAs, [text, "-g", "-o", paths[at]]);
  }
  rmSync(text);
}

/**
 * Gives the glue what joins the parts. Its functions look for all exports in one variable: those of a further part are put
 * there beside the others. A module that is taken for a part and is not would take the place of the first. In a build for
 * development the further parts are empty.
 */
function joinInGlue(gluePath, typesPath, dev) {
  const text = readFileSync(gluePath, "utf8");
  const missing = furtherParts
    .flatMap(({ exports }) => exports)
    .find((name) => !text.includes(`export function ${name}(`));
  const unknown = ["let wasmModule, wasmInstance, wasm;", "function __wbg_get_imports()"].find(
    (needed) => !text.includes(needed),
  );
  if (missing !== undefined || unknown !== undefined) {
    throw new Failure(`the glue holds no \`${missing ?? unknown}\``, {
      remedy: missing
        ? "an export has one name in Rust's `js_name` and in scripts/lib/parts.mjs"
        : "see what the wasm-bindgen command line makes of the glue now, and correct scripts/lib/wasm.mjs",
    });
  }
  const functions = furtherParts.map(({ name, exports }) => `    ${name}: { ${exports.join(", ")} },`);
  const joining = `
export const furtherParts = {
${functions.join("\n")}
};
export const partImports = () => ({ ...__wbg_get_imports(), ${FIRST}: wasmInstance.exports });
export function joinPart(part, { exports }) {
    if (${dev ? "false" : "Object.keys(furtherParts[part]).some((name) => !(name in exports))"}) throw new WebAssembly.LinkError();
    wasm = { ...wasm, ...exports };
}
`;
  writeFileSync(gluePath, text + joining);
  const names = furtherParts.map(({ name }) => JSON.stringify(name)).join(" | ");
  const declared = `
/** The parts of the module beside the first. */
export type FurtherPart = ${names};
/** Which of the glue's functions need which further part of the module. */
export const furtherParts: Readonly<Record<FurtherPart, Readonly<Record<string, Function>>>>;
/** What a further part is instantiated with, and what joins its instance to the first part. */
export function partImports(): WebAssembly.Imports;
export function joinPart(part: FurtherPart, instance: WebAssembly.Instance): void;
`;
  writeFileSync(typesPath, readFileSync(typesPath, "utf8") + declared);
}

/**
 * An engine goes over to its quicker code between two calls of a function: what the crate calls over and over for parts
 * of a long work must stay a function of its own, even where it has one caller only. It makes the module smaller too.
 */
const inlining = "--one-caller-inline-max-function-size=100";

async function optimise(path) {
  const smaller = `${path}.opt`;
  const strip = ["--strip-debug", "--strip-target-features"];
  await binaryen("wasm-opt could not optimise the module", wasmOpt, [
    path,
    "-o",
    smaller,
    "-O3",
    inlining,
    ...strip,
  ]);
  renameSync(smaller, path);
}

async function binaryen(what, program, args) {
  const remedy =
    "a feature that it names belongs into `features` of scripts/lib/wasm.mjs, if every browser has it";
  await step(what, remedy, process.execPath, [program, ...args, ...features]);
}

/** The module of imports that the glue is to the WebAssembly module. */
const GLUE_MODULE = "./scan_precheck_bg.js";

/**
 * Minifies the glue, and gives what it shares with the modules short names, in the place of such as tell what they are:
 * they are some kB in the glue and as many in each module, which no compression makes much smaller.
 */
async function shorten(gluePath, modulePaths) {
  const { minify } = await import("vite");
  let text = readFileSync(gluePath, "utf8");
  const names = new Map();
  for (const path of modulePaths) {
    for (const name of importsOfGlue(path)) {
      if (!names.has(name)) names.set(name, names.size.toString(36));
    }
  }
  for (const [name, short] of names) {
    // A function of the imports, by its name: `__wbg_get_0123456789abcdef: function(…)`.
    const parts = text.split(`${name}: `);
    if (parts.length !== 2) {
      throw new Failure(`the import ${name} does not stand once in the glue`, {
        remedy: "see what the wasm-bindgen command line makes of imports now",
      });
    }
    text = parts.join(`"${short}": `);
  }
  const minified = await minify(gluePath, text, { module: true });
  if (minified.errors.length > 0) {
    throw new Failure("the glue could not be minified", { output: JSON.stringify(minified.errors) });
  }
  writeFileSync(gluePath, minified.code);
  for (const path of modulePaths) {
    const rename = (module, name) => (module === GLUE_MODULE ? names.get(name) : name);
    writeFileSync(path, withImportsNamed(readFileSync(path), rename));
  }
}

/** What a module imports from the glue; further parts have imports from the first as well. */
function importsOfGlue(path) {
  return WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(path)))
    .filter(({ module }) => module !== FIRST)
    .map(({ name }) => name);
}
