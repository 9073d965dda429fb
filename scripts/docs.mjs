/**
 * Writes the reference into `target/docs/`: of the package from its types, of the crate from its comments. It fails where
 * a public member has no words, or a link leads nowhere.
 *
 *   node scripts/docs.mjs
 */
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { docsTools } from "./lib/install.mjs";
import { inRoot } from "./lib/paths.mjs";
import { Failure, main, step } from "./lib/run.mjs";
import { say, seconds } from "./lib/say.mjs";

const out = inRoot("target", "docs");
const tools = inRoot("scripts", "docs");

async function ofPackage() {
  const typedoc = join(tools, "node_modules", "typedoc", "bin", "typedoc");
  return step(
    "the reference of the package could not be written",
    "mend the comments in npm/*.d.ts that are named above",
    process.execPath,
    [typedoc, "--options", join(tools, "typedoc.json")],
  );
}

/** Cargo writes beside the references of whatever else was documented; only the crate's own is taken. */
async function ofCrate() {
  const done = await step(
    "the reference of the crate could not be written",
    "mend the comments that are named above",
    "cargo",
    ["doc", "--locked", "--no-deps", "--lib"],
    // As the stage `rust` has it: with other flags cargo begins anew.
    { env: { RUSTDOCFLAGS: "-D warnings" } },
  );
  cpSync(inRoot("target", "doc"), join(out, "crate"), { recursive: true });
  return done;
}

function writeIndex() {
  writeFileSync(
    join(out, "index.html"),
    `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>scan-precheck: reference</title>
<h1>scan-precheck: reference</h1>
<ul>
<li><a href="package/index.html">the package, for JavaScript and TypeScript</a>
<li><a href="crate/scan_precheck/index.html">the crate, for Rust</a>
</ul>
</html>
`,
  );
}

await main(import.meta.url, async () => {
  const unknown = process.argv[2];
  if (unknown !== undefined) throw new Failure(`unknown option \`${unknown}\``, { remedy: "use none" });
  await docsTools();
  rmSync(out, { recursive: true, force: true });
  const [forPackage, forCrate] = [await ofPackage(), await ofCrate()];
  writeIndex();
  say(`The reference is in target/docs/index.html (${seconds(forPackage.seconds + forCrate.seconds)}).`);
});
