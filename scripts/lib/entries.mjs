/**
 * What the package ships that is made of other files of it: the module within JavaScript, the entry for Node and types
 * for CommonJS, hashes.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { firstPart, furtherParts } from "./parts.mjs";
import { inRoot, pkgDir } from "./paths.mjs";
import { hashOf, once } from "./stamp.mjs";

const inPkg = (name) => join(pkgDir, name);
const parts = [firstPart, ...furtherParts.map(({ file }) => file)].map(inPkg);
const partNames = ["first", ...furtherParts.map(({ name }) => name)];
const types = ["index", "worker"].map((name) => ({
  from: inRoot("npm", `${name}.d.ts`),
  to: inPkg(`${name}.d.cts`),
}));

/** What a page fetches by itself, and may want to check. */
const fetched = [...parts, inPkg("scan_precheck.js")];

const made = { inline: inPkg("inline.js"), hashes: inPkg("integrity.json"), commonJs: inPkg("node.cjs") };

/** @returns {Promise<boolean>} Whether anything was made. */
export function makeEntries() {
  const scripts = readdirSync(inRoot("npm"), { withFileTypes: true }).filter((entry) => entry.isFile());
  const inputs = hashOf([...fetched, ...scripts.map(({ name }) => inRoot("npm", name))]);
  return once("entries", inputs, [...Object.values(made), ...types.map(({ to }) => to)], async () => {
    const lines = partNames.map(
      (name, at) => `export const ${name} = "${readFileSync(parts[at], "base64")}";\n`,
    );
    writeFileSync(made.inline, `/** The parts of the module in base64. */\n${lines.join("")}`);
    for (const { from, to } of types) {
      // What else they hold tells nothing of whether the module system is that of `import` or of `require`.
      writeFileSync(to, readFileSync(from, "utf8").replaceAll('"./index.js"', '"./index.cjs"'));
    }
    await makeCommonJs();
    const hashes = fetched.map((path) => [basename(path), integrityOf(path)]);
    writeFileSync(made.hashes, `${JSON.stringify(Object.fromEntries(hashes), undefined, 2)}\n`);
  });
}

/** The entry for Node as one script of CommonJS, for loaders that cannot `require` the modules that it is made of. */
async function makeCommonJs() {
  // Loaded here: where nothing is to be made, no npm package need be there.
  const { build } = await import("esbuild");
  await build({
    entryPoints: [inRoot("npm/node.js")],
    outfile: made.commonJs,
    bundle: true,
    minify: true,
    keepNames: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    legalComments: "none",
    banner: { js: 'const ownAddress = require("node:url").pathToFileURL(__filename).href;' },
    define: { "import.meta.url": "ownAddress" },
  });
}

/** In the form of the attribute `integrity` in HTML. */
const integrityOf = (path) => `sha384-${createHash("sha384").update(readFileSync(path)).digest("base64")}`;
