/**
 * Which data only some functions need: asked of the module as the linker leaves it.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { dataOfOnly } from "../../scripts/lib/data.mjs";
import { inRoot } from "../../scripts/lib/paths.mjs";
import { wasmTarget } from "../../scripts/lib/tools.mjs";

const linked = readFileSync(inRoot("target", wasmTarget, "release", "scan_precheck.wasm"));
const bytesIn = (ranges) => ranges.reduce((sum, { start, end }) => sum + end - start, 0);
const text = Buffer.from(linked).toString("latin1");

test("of no function there is none, of all there is most", () => {
  assert.deepEqual(
    dataOfOnly(linked, () => false),
    [],
  );
  assert.ok(bytesIn(dataOfOnly(linked, () => true)) > 10_000);
});

test("ranges ascend, and more functions need more", () => {
  const some = dataOfOnly(linked, (name) => /registries/.test(name));
  const more = dataOfOnly(linked, (name) => /registries|decide/.test(name));
  for (const ranges of [some, more]) {
    for (const [at, { start, end }] of ranges.entries()) {
      assert.ok(start < end && (at === 0 || ranges[at - 1].end < start));
    }
  }
  assert.ok(some.length > 0 && bytesIn(more) > bytesIn(some));
  for (const { start, end } of some)
    assert.ok(more.some((range) => range.start <= start && end <= range.end));
});

test("what two functions need is of neither alone", () => {
  const part = (wanted) => bytesIn(dataOfOnly(linked, wanted));
  const isOdd = (name) => name.length % 2 === 1;
  assert.ok(part(isOdd) + part((name) => !isOdd(name)) < part(() => true));
});

test("a module that tells nothing of its links is refused", () => {
  assert.ok(text.includes("reloc.CODE"));
  const silent = Buffer.from(text.replace("reloc.CODE", "reloc.NONE"), "latin1");
  assert.throws(() => dataOfOnly(silent, () => true), /cannot be read.*tells nothing of its code/);
});
