/**
 * The tools that the project needs and where they are. Finding is quick and changes nothing;
 * installing what is missing is `install.mjs`.
 */
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { cacheDir, inRoot } from "./paths.mjs";
import { ask, Failure } from "./run.mjs";

export const wasmTarget = "wasm32-unknown-unknown";

/** The path of a program on PATH, or `null`. */
export function which(name) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, name);
    if (folder !== "" && isProgram(path)) return path;
  }
  return null;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The folder of the active Rust toolchain, or `null` where there is none. */
export function rustSysroot() {
  return ask("rustc", ["--print", "sysroot"]);
}

/** Whether the toolchain holds the standard library for WebAssembly. */
export function hasWasmTarget(sysroot) {
  return existsSync(join(sysroot, "lib", "rustlib", wasmTarget, "lib"));
}

/** The version of a crate in Cargo.lock. */
export function lockedVersion(crate) {
  const path = inRoot("Cargo.lock");
  const lock = existsSync(path) ? readFileSync(path, "utf8") : "";
  const version = new RegExp(`^name = "${crate}"\\nversion = "([^"]+)"`, "m").exec(lock)?.[1];
  if (version) return version;
  throw new Failure(`Cargo.lock does not name ${crate}`, {
    remedy: "restore Cargo.lock from the repository, or run `cargo generate-lockfile`",
  });
}

/** Where a wasm-bindgen command line of a version is kept that the scripts installed themselves. */
export const wasmBindgenRoot = (version) => join(cacheDir, `wasm-bindgen-${version}`);

/**
 * The wasm-bindgen command line in the version of Cargo.lock, or `null`. Glue and crate speak a
 * private protocol: any other version refuses the module, or worse, does not.
 *
 * @returns {{ cli: string, testRunner: string, version: string } | null}
 */
export function findWasmBindgen() {
  const version = lockedVersion("wasm-bindgen");
  const kept = join(wasmBindgenRoot(version), "bin");
  const onPath = which("wasm-bindgen");
  if (onPath && ask(onPath, ["--version"]) === `wasm-bindgen ${version}`) {
    const found = wasmBindgenIn(dirname(onPath), version);
    if (found) return found;
  }
  return wasmBindgenIn(kept, version);
}

function wasmBindgenIn(folder, version) {
  const cli = join(folder, "wasm-bindgen");
  const testRunner = join(folder, "wasm-bindgen-test-runner");
  return isProgram(cli) && isProgram(testRunner) ? { cli, testRunner, version } : null;
}

const browsers = {
  env: "CHROME",
  names: ["chromium", "google-chrome-stable", "google-chrome", "chromium-browser"],
  places: [
    "/usr/bin/chromium",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ],
};

const drivers = {
  env: "CHROMEDRIVER",
  names: ["chromedriver"],
  places: ["/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver"],
};

/**
 * Chromium or Chrome with its driver; `null` for each that is not there.
 *
 * @returns {{ browser: string | null, driver: string | null }}
 */
export function findBrowser() {
  return { browser: findOne(browsers), driver: findOne(drivers) };
}

function findOne({ env, names, places }) {
  const told = process.env[env];
  if (told) {
    if (isProgram(told)) return told;
    throw new Failure(`${env}=${told} is no program`, { remedy: `correct or unset ${env}` });
  }
  return names.map(which).find(Boolean) ?? places.find(isProgram) ?? null;
}

/** A program of an npm package, to be run with Node by its path. */
export const npmProgram = (...parts) => inRoot("node_modules", ...parts);

export const wasmOpt = npmProgram("binaryen", "bin", "wasm-opt");
export const wasmDis = npmProgram("binaryen", "bin", "wasm-dis");
export const wasmAs = npmProgram("binaryen", "bin", "wasm-as");
export const vite = npmProgram("vite", "bin", "vite.js");
export const biome = npmProgram("@biomejs", "biome", "bin", "biome");
export const tsc = npmProgram("typescript", "bin", "tsc");
