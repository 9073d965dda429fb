/**
 * The module cut into parts: each holds what it should, together they are the whole, and what cannot be cut is told.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Failure } from "../../scripts/lib/run.mjs";
import { split } from "../../scripts/lib/split.mjs";
import { wasmAs, wasmDis } from "../../scripts/lib/tools.mjs";

const folder = mkdtempSync(join(tmpdir(), "scan-precheck-split-"));
after(() => rmSync(folder, { recursive: true }));

function binaryen(program, from, to) {
  const args = [program, join(folder, from), "-g", "-o", join(folder, to)];
  const shown = program === wasmDis ? args.filter((argument) => argument !== "-g") : args;
  const { status, stderr } = spawnSync(process.execPath, shown, { encoding: "utf8" });
  assert.equal(status, 0, stderr);
}

/**
 * `answer` is for the first part, `extra` for the second. Both call `both`; `only` is called by `extra` alone, and is
 * the only one to call the import `late`. The table holds functions of both, and `app::late::hook` for whoever has its
 * number: 3.
 */
const source = `(module
  (type $number (func (result i32)))
  (import "glue" "early" (func $early (result i32)))
  (import "glue" "late" (func $late (param i32 i32) (result i32)))
  (memory $memory 1 4)
  (data (i32.const 8) "*\\00a (func $both) \\\\\\00end\\"\\n")
  (global $top (mut i32) (i32.const 1000))
  (table $table 7 7 funcref)
  (elem (table $table) (i32.const 1) func $"<app::Early as core::Do>::run" $"<app::late::Late as core::Do>::run"
    $app::late::hook $app::later::hook $"core::call_once{{vtable.shim}}::h00000000000000a0")
  (export "memory" (memory $memory))
  (export "answer" (func $answer))
  (export "extra" (func $extra))
  (export "ask" (func $ask))
  (func $both (result i32) (global.set $top (i32.add (global.get $top) (i32.const 1))) (i32.load (i32.const 8)))
  (func $only (result i32) (call $late (call $both) (global.get $top)))
  (func $nobody (result i32) (call $nobody))
  (func $answer (result i32) (i32.add (call $both) (call $early)))
  (func $extra (result i32) (i32.add (call $only) (call_indirect $table (type $number) (i32.const 3))))
  (func $ask (param $slot i32) (result i32) (call_indirect $table (type $number) (local.get $slot)))
  (func $"<app::Early as core::Do>::run" (result i32) (i32.const 100))
  (func $"<app::late::Late as core::Do>::run" (result i32) (call $both))
  (func $app::late::hook (result i32) (i32.const 300))
  (func $"core::call_once{{vtable.shim}}::h00000000000000a0" (result i32)
    (call $"app::late::read::{{closure}}::h00000000000000a2"))
  (func $"app::late::read::{{closure}}::h00000000000000a2" (result i32) (i32.const 500))
  (func $app::later::hook (result i32) (i32.const 400)))`;

writeFileSync(join(folder, "whole.wat"), source);
binaryen(wasmAs, "whole.wat", "whole.wasm");
binaryen(wasmDis, "whole.wasm", "whole.txt");
const whole = readFileSync(join(folder, "whole.txt"), "utf8");
const second = [{ name: "second", exports: ["extra"], modules: ["app::late"] }];

function assembled(parts) {
  for (const [name, text] of Object.entries(parts)) {
    writeFileSync(join(folder, `${name}.wat`), text);
    binaryen(wasmAs, `${name}.wat`, `${name}.wasm`);
  }
  return Object.keys(parts).map((name) => new WebAssembly.Module(readFileSync(join(folder, `${name}.wasm`))));
}

const glue = { early: () => 5, late: (a, b) => a * b };
const started = (module, imports) => new WebAssembly.Instance(module, { glue, ...imports }).exports;
const names = (list) => list.map(({ name }) => name);

test("together the parts answer as the whole does, and the first part answers alone", () => {
  const [module] = assembled({ whole });
  const [firstModule, secondModule] = assembled(split(whole, second));
  const want = started(module);
  const first = started(firstModule);
  assert.equal(first.answer(), want.answer());
  assert.equal(first.ask(1), 100);
  assert.equal(first.ask(4), 400, "a module whose name begins alike is another one");
  for (const slot of [2, 3, 5]) assert.throws(() => first.ask(slot), WebAssembly.RuntimeError);
  const more = started(secondModule, { first });
  assert.equal(more.extra(), want.extra());
  for (const slot of [1, 2, 3, 4, 5]) assert.equal(first.ask(slot), want.ask(slot));
  assert.equal(first.answer(), want.answer(), "both use one memory and one global");
});

test("each part has what it needs and no more", () => {
  const [firstModule, secondModule] = assembled(split(whole, second));
  assert.deepEqual(names(WebAssembly.Module.exports(secondModule)), ["extra"]);
  assert.deepEqual(names(WebAssembly.Module.imports(firstModule)), ["early"]);
  const ofGlue = WebAssembly.Module.imports(secondModule).filter(({ module }) => module === "glue");
  assert.deepEqual(names(ofGlue), ["late"]);
  const taken = WebAssembly.Module.imports(secondModule).filter(({ module }) => module === "first");
  assert.deepEqual(taken.map(({ kind }) => kind).sort(), ["function", "global", "memory", "table"]);
  const given = names(WebAssembly.Module.exports(firstModule));
  assert.deepEqual(
    names(taken).filter((name) => !given.includes(name)),
    [],
  );
  assert.ok(!given.includes("extra"));
});

test("data that only the second part needs comes with it", () => {
  let asked;
  const parts = split(whole, second, (isCold) => {
    asked = isCold;
    return [
      { start: 10, end: 26 },
      { start: 26, end: 30 },
    ];
  });
  // By the names that the linker gives: with the hash of what is ours, plain for what is exported.
  assert.ok(asked("_ZN3app4late4read17h00000000000000a2E") && asked("extra") && asked("only"));
  assert.ok(!asked("_ZN3app5later4read17h00000000000000a1E") && !asked("answer") && !asked("both"));
  const [firstModule, secondModule] = assembled(parts);
  const first = started(firstModule);
  const bytes = (from, to) => Buffer.from(first.memory.buffer.slice(from, to)).toString("latin1");
  const [begin, middle, end] = ["*\0", "a (func $both) \\", '\0end"\n'];
  assert.equal(bytes(8, 32), begin + "\0".repeat(16) + end, "what is short stays");
  started(secondModule, { first });
  assert.equal(bytes(8, 32), begin + middle + end);
});

test("where nothing is for the second part, the first is the whole and the second is empty", () => {
  const [module, firstModule, secondModule] = assembled({
    whole,
    ...split(whole, [{ name: "second", exports: [], modules: [] }]),
  });
  for (const list of ["imports", "exports"]) {
    assert.deepEqual(WebAssembly.Module[list](firstModule), WebAssembly.Module[list](module));
    assert.deepEqual(WebAssembly.Module[list](secondModule), []);
  }
});

test("parts of two builds refuse each other", () => {
  const other = whole.replace("i32.const 300", "i32.const 301");
  const [firstModule] = assembled(split(whole, second));
  const [, secondModule] = assembled(split(other, second));
  assert.throws(() => started(secondModule, { first: started(firstModule) }), WebAssembly.LinkError);
});

test("the same module is cut in the same way", () => {
  assert.deepEqual(split(whole, second), split(whole, second));
});

test("a call from the first part into a module of the second is told with both names", () => {
  assert.throws(
    () => split(whole, [{ name: "second", exports: [], modules: ["both"] }]),
    (error) => {
      assert.ok(error instanceof Failure);
      assert.match(
        error.message,
        /`\$\S+` .* `first` calls `\$both`, which `both` puts into the part `second`/,
      );
      return true;
    },
  );
});

test("an export that is not there is told", () => {
  assert.throws(
    () => split(whole, [{ name: "second", exports: ["extras"], modules: [] }]),
    /`extras`.*does not export it/,
  );
});

test("a table that is filled in an unknown way is told", () => {
  const unknown = whole.replace(
    /\(elem [^(]*\(i32\.const 1\)/,
    "(elem $0 (i32.mul (i32.const 1) (i32.const 1))",
  );
  assert.notEqual(unknown, whole);
  assert.throws(() => split(unknown, second), Failure);
});

/** `one` and `two` are for a further part each; both call `shared`, which nothing else does. */
const manifold = whole.replace(/\n\)\s*$/, "").concat(`
 (export "one" (func $one))
 (export "two" (func $two))
 (func $shared (result i32)
  (i32.add (call $both) (call $late (i32.const 2) (i32.const 3)))
 )
 (func $one (result i32)
  (i32.add (call $shared) (i32.const 1))
 )
 (func $two (result i32)
  (i32.add (call $shared) (call_indirect $table (type $number) (i32.const 4)))
 )
)
`);
const several = [
  { name: "second", exports: ["extra", "one"], modules: ["app::late"] },
  { name: "third", exports: ["two"], modules: ["app::later"] },
];

test("several further parts come in any order, each without the others", () => {
  const [module, firstModule, secondModule, thirdModule] = assembled({
    manifold,
    ...split(manifold, several),
  });
  for (const order of [["third"], ["second"], ["second", "third"], ["third", "second"]]) {
    const [want, first] = [started(module), started(firstModule)];
    assert.equal(first.answer(), want.answer());
    const more = {};
    for (const name of order) {
      Object.assign(more, started(name === "second" ? secondModule : thirdModule, { first }));
    }
    const names = [
      ...(order.includes("second") ? ["extra", "one"] : []),
      ...(order.includes("third") ? ["two"] : []),
    ];
    assert.deepEqual(Object.keys(more).sort(), names);
    for (const name of names) assert.equal(more[name](), want[name]());
    if (!order.includes("third")) assert.throws(() => first.ask(4), WebAssembly.RuntimeError);
  }
});

test("data of what two further parts reach stays in the first", () => {
  const asked = [];
  split(manifold, several, (isOwn) => {
    asked.push(["shared", "one", "two", "extra"].filter(isOwn));
    return [];
  });
  assert.deepEqual(asked, [["one", "extra"], ["two"]]);
});

test("a call from one further part into a module of another is told", () => {
  const wrong = manifold.replace(
    "(func $two (result i32)",
    "(func $two (result i32)\n  (drop (call $app::late::hook))",
  );
  assert.notEqual(wrong, manifold);
  assert.throws(() => split(wrong, several), /part `third` calls `\$app::late::hook`.*the part `second`/);
});
