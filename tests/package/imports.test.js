/** Other names for what a module imports: nothing else of it changes. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { withImportsNamed } from "../../scripts/lib/imports.mjs";
import { root } from "./support.js";

const files = ["scan_precheck_bg.wasm", "scan_precheck_more_bg.wasm", "scan_precheck_extra_bg.wasm"];
const importsOf = (bytes) => WebAssembly.Module.imports(new WebAssembly.Module(bytes));

for (const file of files) {
  test(file, () => {
    const bytes = readFileSync(`${root}pkg/${file}`);
    assert.deepEqual(Buffer.from(withImportsNamed(bytes, (_, name) => name)), bytes);
    const long = (module, name) => `${module}/${name}/${"x".repeat(200)}`;
    const renamed = withImportsNamed(bytes, long);
    const imports = importsOf(bytes);
    assert.ok(imports.length > 0);
    assert.deepEqual(
      importsOf(renamed),
      imports.map((one) => ({ ...one, name: long(one.module, one.name) })),
    );
    assert.deepEqual(
      Buffer.from(withImportsNamed(renamed, (module, name) => name.slice(module.length + 1, -201))),
      bytes,
    );
  });
}
