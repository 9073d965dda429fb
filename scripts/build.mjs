/**
 * Builds what is out of date: `pkg/` (the WebAssembly module, its glue, and what is made of them), then `www/dist/` (the page).
 *
 *   node scripts/build.mjs               both
 *   node scripts/build.mjs --wasm-only   `pkg/` alone
 *   node scripts/build.mjs --dev         quick to build, slow to run: not optimised, with names
 */
import { makeEntries } from "./lib/entries.mjs";
import { inRoot, pageDist, pkgDir } from "./lib/paths.mjs";
import { Failure, main, step } from "./lib/run.mjs";
import { detail, say, seconds } from "./lib/say.mjs";
import { sizeLines } from "./lib/sizes.mjs";
import { hashOf, once } from "./lib/stamp.mjs";
import { vite } from "./lib/tools.mjs";
import { buildWasm } from "./lib/wasm.mjs";
import { setup } from "./setup.mjs";

/**
 * @param {{ wasmBindgen: { cli: string, version: string }, dev?: boolean, wasmOnly?: boolean }} options
 */
export async function build({ wasmBindgen, dev = false, wasmOnly = false }) {
  const changed = [await buildWasm({ wasmBindgen, dev }), await makeEntries()];
  if (!wasmOnly) changed.push(await buildPage({ dev }));
  if (!changed.includes(true)) say("Everything is built already.");
  else for (const line of sizeLines()) detail(line);
}

async function buildPage({ dev }) {
  const made = hashOf(
    [inRoot("www"), inRoot("npm"), pkgDir, inRoot("package.json"), inRoot("package-lock.json")],
    [dev ? "dev" : "release"],
    (path) => path === pageDist,
  );
  return once("page", made, [pageDist], async () => {
    say("Building the page (under a minute) …");
    const mode = dev ? ["--mode", "development"] : [];
    const done = await step("the page could not be built", "correct the errors above", process.execPath, [
      vite,
      "build",
      inRoot("www"),
      ...mode,
    ]);
    say(`The page is in www/dist/ (${seconds(done.seconds)}).`);
  });
}

await main(import.meta.url, async () => {
  const options = { "--dev": "dev", "--wasm-only": "wasmOnly" };
  const chosen = {};
  for (const argument of process.argv.slice(2)) {
    if (!(argument in options)) {
      throw new Failure(`unknown option \`${argument}\``, {
        remedy: `use ${Object.keys(options).join(", ")} or nothing`,
      });
    }
    chosen[options[argument]] = true;
  }
  await build({ ...(await setup()), ...chosen });
});
