/**
 * Makes a bare machine ready: npm packages, Rust's WebAssembly target, the wasm-bindgen command line
 * and, for the tests, a browser. Nothing is done twice: on a ready machine it takes a moment.
 *
 *   node scripts/setup.mjs            what building needs
 *   node scripts/setup.mjs --tests    what testing needs as well
 *
 * It runs before any npm package is there, so it and what it imports use Node alone.
 */
import * as install from "./lib/install.mjs";
import { Failure, main } from "./lib/run.mjs";
import { say } from "./lib/say.mjs";

/**
 * @param {{ tests?: boolean }} [options]
 * @returns {Promise<{ wasmBindgen: { cli: string, testRunner: string, version: string },
 *   browser: { browser: string, driver: string } | undefined }>}
 */
export async function setup({ tests = false } = {}) {
  install.checkNode();
  await install.npmPackages();
  if (tests) await install.docsTools();
  if (tests) await install.otherRuntimes();
  const sysroot = await install.rustTarget();
  if (tests) await install.rustComponents(sysroot);
  const wasmBindgen = await install.wasmBindgen();
  const browser = tests ? await install.browser() : undefined;
  return { wasmBindgen, browser };
}

await main(import.meta.url, async () => {
  const unknown = process.argv.slice(2).filter((argument) => argument !== "--tests");
  if (unknown.length > 0) {
    throw new Failure(`unknown option \`${unknown[0]}\``, { remedy: "use --tests or nothing" });
  }
  const { wasmBindgen, browser } = await setup({ tests: process.argv.includes("--tests") });
  say(
    `Ready: wasm-bindgen ${wasmBindgen.version}${browser ? `, ${browser.browser}, ${browser.driver}` : ""}.`,
  );
});
