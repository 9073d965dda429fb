/**
 * Snapshots: what is restored answers as what was saved, whatever holds its bytes; and bytes that are none are refused.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bill, estimate, facets, Inventory, precheck, suggest } from "scan-precheck";
import {
  assertError,
  digest,
  load,
  loadsRight,
  makeAnew,
  moduleMemory,
  numbersOf,
  read,
  rejectionOf,
  rows,
  thrownBy,
  whole,
} from "./support.js";

const remedy = /load (the|an) export/;
const listed = [
  ...rows,
  { Tag: 7 },
  { RepoName: "b,c", Digest: "sha512:ab", scannable: false, LastScanTime: 9, Note: "" },
];
const options = { cycleStart: 5, chargeModel: { countBy: "repositoryDigest" } };
const saved = await load(listed, options);
const { images } = saved;
const bytes = saved.save();

/** Restores, looks at what came of it, and gives its memory back. */
function withRestored(given, options, look) {
  const restored = Inventory.restore(given, options);
  try {
    return look(restored);
  } finally {
    restored.free();
  }
}

/** What an inventory says to some questions. */
function answersOf(inventory) {
  const fields = ["registryTypes", "repoNames", "digests", "tags"];
  const filters = [{}, { tags: "1, nowhere" }, { digests: digest("A") }, { RegistryTypes: "acr,harbor" }];
  return filters.map((filter) => ({
    estimate: estimate(inventory, filter, { remaining: 1 }),
    precheck: precheck(inventory, filter).Data,
    of: fields.map((field) => [
      facets(inventory, filter, { field }),
      suggest(inventory, filter, { field, text: "a" }),
    ]),
  }));
}

describe("what is restored", () => {
  test("answers as what was saved, with its report", () => {
    withRestored(bytes, undefined, (restored) => {
      assert.deepEqual(answersOf(restored), answersOf(saved));
      assert.deepEqual(restored.report, saved.report);
      assert.equal(restored.images, saved.images);
      const { countBy, cycleStart } = estimate(restored).chargeModel;
      assert.deepEqual({ countBy, cycleStart }, { countBy: "repositoryDigest", cycleStart: 5 });
    });
  });

  test("is saved as the same bytes again", () => {
    const again = withRestored(bytes, undefined, (restored) => restored.save());
    assert.deepEqual(again, bytes);
    assert.deepEqual(saved.save(), bytes);
  });

  test("outlives its bytes and what was saved", async () => {
    const first = await load(rows);
    const copy = first.save();
    first.free();
    withRestored(copy, undefined, (restored) => {
      copy.fill(0);
      structuredClone(copy, { transfer: [copy.buffer] });
      assert.deepEqual(numbersOf(estimate(restored)), whole);
    });
  });

  test("is the same in a module that was made anew", () => {
    const before = answersOf(saved);
    makeAnew();
    assert.deepEqual(withRestored(bytes, undefined, answersOf), before);
  });

  test("is no more once it is disposed of", () => {
    const restored = Inventory.restore(bytes);
    restored.free();
    assertError(
      thrownBy(() => restored.save()),
      { code: "disposed" },
    );
  });

  test("is under the charge model that was set, and can go over to another", async () => {
    const known = await load(rows);
    known.setChargeModel(JSON.parse(read("models/huawei-hss.json")));
    const answers = (inventory) => [estimate(inventory, {}, { remaining: 1 }), bill(inventory)];
    const expected = answers(known);
    withRestored(known.save(), undefined, (restored) => {
      assert.deepEqual(answers(restored), expected);
      for (const inventory of [known, restored]) inventory.setChargeModel({ countBy: "image" });
      assert.deepEqual(answers(restored), answers(known));
      assert.notDeepEqual(answers(restored), expected);
    });
    known.free();
  });

  test("can be of another cycle", async () => {
    const known = await load([{ Tag: "1", LastScanTime: 10 }], { cycleStart: 5 });
    const kept = known.save();
    known.free();
    const chargedWith = (options) =>
      withRestored(kept, options, (restored) => estimate(restored).free.charged);
    for (const same of [undefined, {}, { cycleStart: undefined }, { cycleStart: null }, { cycleStart: 10 }])
      assert.equal(chargedWith(same), 1);
    for (const later of [{ cycleStart: 11 }, { cycleStart: new Date(11) }])
      assert.equal(chargedWith(later), 0);
  });
});

test("bytes are taken from whatever holds them", () => {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  const within = new Uint8Array(bytes.length + 6);
  within.set(bytes, 3);
  const holders = [
    Buffer.from(bytes),
    bytes.buffer,
    shared,
    shared.buffer,
    within.subarray(3, -3),
    new DataView(within.buffer, 3, bytes.length),
  ];
  for (const holder of holders) {
    const again = withRestored(holder, undefined, (restored) => restored.save());
    assert.deepEqual(again, bytes);
  }
});

describe("refused is", () => {
  const refused = (given, expected, options) => {
    assertError(
      thrownBy(() => Inventory.restore(given, options)),
      expected,
    );
    withRestored(bytes, undefined, (restored) => assert.equal(restored.images, images));
  };

  test("what holds no bytes", () => {
    for (const given of [
      undefined,
      null,
      "bytes",
      [1, 2],
      new Blob([bytes]),
      Promise.resolve(bytes),
      () => bytes,
    ])
      refused(given, { code: "wrong-type" });
  });

  test("what is no snapshot", async () => {
    const text = new TextEncoder().encode(JSON.stringify(rows));
    for (const given of [new Uint8Array(0), text, new ArrayBuffer(1000), bytes.subarray(1)])
      refused(given, { code: "not-a-snapshot", message: remedy });
    await loadsRight();
  });

  test("a damaged one", () => {
    for (let place = 8; place < bytes.length; place += 61) {
      const damaged = bytes.slice();
      damaged[place] ^= 0x10;
      assertError(
        thrownBy(() => Inventory.restore(damaged)),
        { code: place < 16 ? "newer-snapshot" : "damaged-snapshot", message: remedy },
      );
    }
    for (const given of [bytes.subarray(0, -1), bytes.subarray(0, 100), Buffer.concat([bytes, bytes])])
      refused(given, { code: "damaged-snapshot", message: remedy });
  });

  test("one of a newer form", () => {
    const newer = bytes.slice();
    newer[8] += 1;
    refused(newer, { code: "newer-snapshot", message: /newer version/ });
  });

  test("an option that there is none of", () => {
    refused(bytes, { code: "unknown-key", field: "chargeModel" }, { chargeModel: { countBy: "digest" } });
    refused(bytes, { code: "unknown-key", field: "signal" }, { signal: AbortSignal.timeout(1000) });
    refused(bytes, { code: "wrong-type", field: "cycleStart" }, { cycleStart: "2026-11-01" });
    refused(bytes, { code: "not-a-plain-object" }, 7);
  });
});

test("a snapshot that is loaded is told what it is", async () => {
  assertError(await rejectionOf(load(bytes)), { code: "unsupported-file", message: /Inventory\.restore/ });
});

test("neither saving nor restoring needs the module's memory for a second copy", async () => {
  const many = Array.from({ length: 200_000 }, (_, row) => ({
    RepoName: `repository-${row % 997}`,
    Tag: `${row}.0`,
    Digest: (Math.imul(row, 0x9e3779b1) >>> 0).toString(16).padStart(8, "0").repeat(8),
  }));
  const inventory = await load(many);
  const before = moduleMemory();
  const snapshot = inventory.save();
  assert.ok(snapshot.length > 7_500_000, `${snapshot.length}`);
  assert.ok(moduleMemory() - before <= 4 * 65_536, "saving took memory");
  makeAnew();
  const empty = moduleMemory();
  withRestored(snapshot, undefined, (restored) => assert.equal(restored.images, many.length));
  // Large beside the steps in which memory grows (`src/memory.rs`).
  const taken = moduleMemory() - empty;
  assert.ok(taken < 1.6 * snapshot.length, `${taken} bytes were taken for ${snapshot.length}`);
});
