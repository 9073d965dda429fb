/**
 * Makes of the built module what else ships in `pkg/`: its text for the inline entry, the types for
 * `require`, and the hashes of what is served.
 */
import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { firstPart, secondPart } from "./parts.mjs";
import { inRoot, pkgDir } from "./paths.mjs";
import { hashOf, once } from "./stamp.mjs";

const glue = "scan_precheck.js";
const inline = "scan_precheck_inline.js";
const forRequire = "index.d.cts";
const types = inRoot("npm/index.d.ts");
const inPkg = (name) => join(pkgDir, name);

/** @returns {Promise<boolean>} Whether anything was to be made. */
export function buildEntries() {
  const sources = [glue, firstPart, secondPart].map(inPkg);
  const made = hashOf([...sources, inRoot("scripts/lib/entries.mjs"), types]);
  const declared = "scan_precheck_inline.d.ts";
  return once("entries", made, [inline, declared, forRequire, "integrity.json"].map(inPkg), async () => {
    const text = (name) => JSON.stringify(readFileSync(inPkg(name)).toString("base64"));
    writeFileSync(
      inPkg(inline),
      `export const first = ${text(firstPart)};\nexport const second = ${text(secondPart)};\n`,
    );
    // Declared, so that the type checker need not read the texts.
    writeFileSync(inPkg(declared), "export const first: string;\nexport const second: string;\n");
    // A copy: a compiler for `require` refuses types that only refer to those of a module for `import`.
    copyFileSync(types, inPkg(forRequire));
    const hashes = [glue, inline, firstPart, secondPart].map((name) => [name, integrityOf(inPkg(name))]);
    writeFileSync(inPkg("integrity.json"), `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`);
  });
}

/** A hash as `integrity` attributes have it. */
const integrityOf = (path) => `sha384-${createHash("sha384").update(readFileSync(path)).digest("base64")}`;
