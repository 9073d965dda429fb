/**
 * The types: good calls compile, bad ones do not, and they name exactly what the package exports.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import * as forNode from "scan-precheck";
import { createEngine } from "scan-precheck/worker";
import * as forBrowsers from "../../npm/browser.js";
import { read, root } from "./support.js";

const strict = [
  "--noEmit",
  "--strict",
  "--exactOptionalPropertyTypes",
  "--noUncheckedIndexedAccess",
  "--target",
  "es2022",
];
const resolutions = { node16: "node16", bundler: "esnext" };

/** Compiles, and gives what the compiler says. */
function compile(args, cwd = root) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "node_modules/typescript/bin/tsc"), ...args],
    {
      cwd,
      encoding: "utf8",
    },
  );
  return { ok: status === 0, output: `${stdout}${stderr}` };
}

for (const [moduleResolution, module] of Object.entries(resolutions)) {
  describe(`with moduleResolution ${moduleResolution}`, () => {
    const options = [...strict, "--module", module, "--moduleResolution", moduleResolution, "--types", ""];
    for (const [file, meaning] of [
      ["good.ts", "good calls compile"],
      ["bad.ts", "bad calls do not"],
      ["worker.ts", "calls of the worker's face compile, and bad ones do not"],
    ]) {
      test(meaning, () => {
        const lib = ["--lib", "es2023,dom,esnext.disposable"];
        const { ok, output } = compile([...options, ...lib, `tests/package/types/${file}`]);
        assert.ok(ok, output);
      });
    }

    test("a project that knows no `Symbol.dispose` can use them", () => {
      const folder = mkdtempSync(join(tmpdir(), "scan-precheck-types-"));
      try {
        writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
        writeFileSync(
          join(folder, "index.ts"),
          `import { precheck } from "./scan-precheck/npm/index.js";\nprecheck;\n`,
        );
        symlinkSync(root, join(folder, "scan-precheck"));
        const { ok, output } = compile([...options, "--lib", "es2022,dom", "index.ts"], folder);
        assert.ok(ok, output);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });
}

test("the compiler is strict about them at all", () => {
  const { ok, output } = compile([
    ...strict,
    "--module",
    "node16",
    "--types",
    "",
    "--lib",
    "es2023",
    "tests/package/types/good.ts",
  ]);
  assert.ok(!ok);
  assert.match(output, /good\.ts/);
});

test("the package's own JavaScript agrees with them", () => {
  const { ok, output } = compile(["-p", "npm"]);
  assert.ok(ok, output);
});

test("they name exactly what the entries export", () => {
  const exported = read("npm/index.d.ts").matchAll(/^export (default )?(?:function|class|const) (\w+)/gm);
  const names = Array.from(exported, ([, isDefault, name]) => (isDefault ? "default" : name)).sort();
  assert.ok(names.length >= 5);
  assert.deepEqual(Object.keys(forNode).sort(), names);
  assert.deepEqual(Object.keys(forBrowsers).sort(), names);
});

test("a worker is asked what the package is asked", () => {
  const questions = Object.keys(forNode).filter((name) => !["default", "Inventory"].includes(name));
  const engine = createEngine();
  assert.deepEqual(Object.keys(engine.within({})).sort(), questions.sort());
  const types = read("npm/worker.d.ts");
  const typed = types.slice(types.indexOf("interface Questions"), types.indexOf("/** A worker, and what"));
  assert.deepEqual(Array.from(typed.matchAll(/^ {2}(\w+)\(/gm), ([, name]) => name).sort(), questions);
});

test("they name every error code and warning that the module gives, and no other", () => {
  const types = read("npm/index.d.ts");
  const union = types.slice(
    types.indexOf("export type ErrorCode ="),
    types.indexOf("/** Every error of the package"),
  );
  const typed = Array.from(union.matchAll(/\| "([a-z0-9-]+)"/g), ([, code]) => code);
  const ofModule = Array.from(
    read("src/error.rs").matchAll(/ErrorKind::\w+ => "([a-z0-9-]+)"/g),
    ([, code]) => code,
  );
  const ofPackage = ["engine", "errors", "inventory", "load", "options", "snapshot", "sources"].flatMap(
    (name) =>
      Array.from(
        read(`npm/${name}.js`).matchAll(
          /scanPrecheckError\(\s*"([a-z-]+)"|\? scanPrecheckError\("([a-z-]+)"/g,
        ),
        (match) => match[1] ?? match[2],
      ),
  );
  assert.ok(ofModule.length >= 20 && ofPackage.length >= 8);
  assert.deepEqual(typed.toSorted(), [...new Set([...ofModule, ...ofPackage])].sort());
});
