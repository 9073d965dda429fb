/**
 * Installs what is missing, one function for each thing. Each answers at once where nothing is
 * missing, says beforehand what it does and how long that takes, and says what to do where it fails.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheDir, inRoot, root } from "./paths.mjs";
import { ask, Failure, run, step } from "./run.mjs";
import { say, seconds } from "./say.mjs";
import { hashOf, readStamp, writeStamp } from "./stamp.mjs";
import {
  findBrowser,
  findWasmBindgen,
  hasWasmTarget,
  lockedVersion,
  rustSysroot,
  wasmBindgenRoot,
  wasmTarget,
  which,
} from "./tools.mjs";

/** Fails where Node is older than package.json's `engines` asks for. */
export function checkNode() {
  const { engines } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  const [major, minor] = engines.node
    .replace(/[^\d.]/g, "")
    .split(".")
    .map(Number);
  const [ourMajor, ourMinor] = process.versions.node.split(".").map(Number);
  if (ourMajor > major || (ourMajor === major && ourMinor >= (minor ?? 0))) return;
  throw new Failure(`Node ${process.versions.node} is too old: ${engines.node} is needed`, {
    remedy: "install a newer Node from https://nodejs.org",
  });
}

/** Installs the npm packages of package-lock.json, where they are not those already. */
export const npmPackages = () => packagesOf(root, "the npm packages of package-lock.json");

/** Installs what writes the reference of the package: it takes an older TypeScript than the project's. */
export const docsTools = () => packagesOf(inRoot("scripts/docs"), "TypeDoc, which writes the reference");

async function packagesOf(folder, what) {
  const stamp = join(folder, "node_modules", ".scan-precheck-lock");
  const wanted = hashOf([join(folder, "package-lock.json")]);
  if (readStamp(stamp) === wanted) return;
  say(`Installing ${what} (up to a minute) …`);
  const done = await step(
    "`npm ci` did not install the packages",
    "see npm's message above; behind a proxy or a mirror, set npm's `registry`",
    "npm",
    ["ci", "--no-audit", "--no-fund"],
    { cwd: folder },
  );
  writeStamp(stamp, wanted);
  say(`They are there (${seconds(done.seconds)}).`);
}

/** Installs the runtimes that the package is tried in. Of one that cannot be had here, the tests say that they skip it. */
export async function otherRuntimes() {
  const folder = inRoot("tests/consumers/runtimes");
  const stamp = join(folder, "node_modules", ".scan-precheck-lock");
  const wanted = hashOf([join(folder, "package-lock.json")]);
  if (readStamp(stamp) === wanted) return;
  say("Installing Deno, Bun and Jest, which the package is tried in (up to a minute) …");
  const done = await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, limit: 600 });
  if (!done.ok) return say("They could not be installed: tests in them will be skipped.");
  writeStamp(stamp, wanted);
  say(`They are there (${seconds(done.seconds)}).`);
}

const rustup = "install Rust with rustup from https://rustup.rs, then open a new shell";

/** Makes the Rust toolchain able to build for WebAssembly. Answers with the toolchain's folder. */
export async function rustTarget() {
  if (!which("cargo")) throw new Failure("cargo is not on PATH", { remedy: rustup });
  const sysroot = rustSysroot();
  if (!sysroot) throw new Failure("there is no active Rust toolchain", { remedy: rustup });
  if (hasWasmTarget(sysroot)) return sysroot;
  if (!which("rustup")) {
    throw new Failure(`the Rust toolchain in ${sysroot} cannot build for ${wasmTarget}`, {
      remedy: `${rustup}; or add your distribution's package of the standard library for ${wasmTarget}`,
    });
  }
  say(`Adding Rust's standard library for ${wasmTarget} (some seconds) …`);
  await step(
    `rustup could not add ${wasmTarget}`,
    `run \`rustup target add ${wasmTarget}\` by hand where the network allows it`,
    "rustup",
    ["target", "add", wasmTarget],
  );
  return sysroot;
}

/** Adds rustfmt and clippy, which a minimal toolchain lacks. */
export async function rustComponents(sysroot) {
  if (!which("rustup")) return; // Not rustup's toolchain: the lint stage says what it misses.
  // Looked for in the toolchain: on PATH rustup has a stand-in for each, whether it is there or not.
  const missing = Object.entries({ rustfmt: "cargo-fmt", clippy: "cargo-clippy" })
    .filter(([, program]) => !existsSync(join(sysroot, "bin", program)))
    .map(([component]) => component);
  if (missing.length === 0) return;
  say(`Adding ${missing.join(" and ")} to the Rust toolchain (some seconds) …`);
  await step(
    `rustup could not add ${missing.join(" and ")}`,
    `run \`rustup component add ${missing.join(" ")}\` by hand`,
    "rustup",
    ["component", "add", ...missing],
  );
}

/** The wasm-bindgen command line in the version of Cargo.lock; built and kept where it is not there. */
export async function wasmBindgen() {
  const found = findWasmBindgen();
  if (found) return found;
  const version = lockedVersion("wasm-bindgen");
  say(`Building the wasm-bindgen ${version} command line (2 to 10 minutes, once) …`);
  // Without `--locked`: the lock file it ships names a version that was withdrawn. Without default
  // features: they are TLS for drivers on other machines.
  const done = await step(
    `cargo could not install wasm-bindgen-cli ${version}`,
    `see cargo's message above; a C compiler is needed (Debian: \`apt-get install build-essential\`); or put wasm-bindgen ${version} on PATH`,
    "cargo",
    [
      "install",
      "wasm-bindgen-cli",
      "--version",
      version,
      "--no-default-features",
      "--root",
      wasmBindgenRoot(version),
    ],
  );
  say(`wasm-bindgen ${version} is there (${seconds(done.seconds)}).`);
  const built = findWasmBindgen();
  if (built) return built;
  throw new Failure(`wasm-bindgen ${version} was built but does not run`, {
    remedy: `remove ${wasmBindgenRoot(version)} and try again`,
  });
}

/** Mutation testing for cargo, kept beside the wasm-bindgen command line. Answers with the program. */
export const cargoMutants = () => cargoTool("cargo-mutants", "27.1.0");

/** Fuzzing for cargo, likewise. */
export const cargoFuzz = () => cargoTool("cargo-fuzz", "0.13.2");

async function cargoTool(name, version) {
  const folder = join(cacheDir, `${name}-${version}`);
  const program = join(folder, "bin", name);
  if (existsSync(program)) return program;
  say(`Building ${name} ${version} (1 to 10 minutes, once) …`);
  await step(
    `cargo could not install ${name} ${version}`,
    "see cargo's message above; behind a proxy or a mirror, set cargo's source replacement",
    "cargo",
    ["install", name, "--version", version, "--locked", "--root", folder],
  );
  return program;
}

/** Chromium and its driver, which the browser tests run in. */
export async function browser() {
  const found = findBrowser();
  if (found.browser && found.driver) return found;
  const missing = [!found.browser && "Chromium", !found.driver && "ChromeDriver"]
    .filter(Boolean)
    .join(" and ");
  const byHand =
    "install Chromium and the ChromeDriver of its version (Debian: `apt-get install chromium chromium-driver`), or set CHROME and CHROMEDRIVER to their programs";
  if (process.getuid?.() !== 0 || !which("apt-get")) {
    throw new Failure(`${missing} cannot be found`, { remedy: byHand });
  }
  say(`Installing ${missing} with apt-get (about a minute) …`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await step("apt-get could not read the package lists", byHand, "apt-get", ["update"], { env });
  await step(
    "apt-get could not install Chromium",
    byHand,
    "apt-get",
    ["install", "-y", "--no-install-recommends", "chromium", "chromium-driver"],
    { env },
  );
  const installed = findBrowser();
  if (installed.browser && installed.driver) return installed;
  throw new Failure(`${missing} was installed but cannot be found`, { remedy: byHand });
}

/** The toolchain's name and version, part of what a build is made from. */
export const rustVersion = () => ask("rustc", ["--version", "--verbose"]) ?? "";
