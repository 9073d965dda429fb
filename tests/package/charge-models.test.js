/**
 * Charge models over the border: a loaded inventory goes over to a document or a rule, and bills tell exact units.
 */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { bill, estimate, facets, precheck } from "scan-precheck";
import { assertError, digest, load, numbersOf, read, root, rows, thrownBy, whole } from "./support.js";

const shipped = Object.fromEntries(
  readdirSync(`${root}models`).map((name) => [name, JSON.parse(read(`models/${name}`))]),
);
const tencent = shipped["tencent-tcss.json"];

test("the built-in model is the document that is shipped, and its name stands in every estimate", async () => {
  const inventory = await load(rows);
  const { model, units, repeats, shortfall, cycle } = bill(inventory);
  assert.deepEqual(model, shipped["alibaba-security-center.json"]);
  assert.deepEqual(
    { units, repeats, shortfall, cycle },
    { units: "2", repeats: 1, shortfall: null, cycle: null },
  );
  assert.equal(estimate(inventory).chargeModel.name, model.name);
  inventory.free();
});

test("an inventory goes over to each document that is shipped, and back", async () => {
  const inventory = await load(rows);
  const units = {};
  for (const [name, document] of Object.entries(shipped)) {
    inventory.setChargeModel(document);
    const answer = bill(inventory, {}, { remaining: 1 });
    assert.equal(answer.model.name, document.name);
    const parts = estimate(inventory, {}, { remaining: 1 });
    assert.deepEqual(parts, answer.estimate);
    assert.equal(parts.chargeModel.name, document.name);
    units[name] = [answer.units, answer.shortfall, parts.shortfall];
  }
  assert.deepEqual(units, {
    "alibaba-security-center.json": ["2", "1", 1],
    "google-artifact-analysis.json": ["2", "1", 1],
    "huawei-hss.json": ["4", "3", 3],
    "tencent-tcss.json": ["2.1", "1.1", 2],
  });
  inventory.setChargeModel();
  assert.deepEqual(numbersOf(estimate(inventory)), whole);
  inventory.free();
});

test("a rule re-keys what is loaded: as a load under it", async () => {
  const options = { cycleStart: 1000 };
  const images = [...rows, { RepoName: "old", Tag: "1", Digest: digest("d"), LastScanTime: 1000 }];
  const rekeyed = await load(images);
  for (const countBy of ["repositoryTag", "image", "digest", "repositoryDigest"]) {
    const loaded = await load(images, { ...options, chargeModel: { countBy } });
    rekeyed.setChargeModel({ countBy }, { cycleStart: new Date(1000) });
    assert.deepEqual(estimate(rekeyed), estimate(loaded));
    assert.deepEqual(facets(rekeyed, {}, { field: "repoNames" }), facets(loaded, {}, { field: "repoNames" }));
    assert.deepEqual(precheck(rekeyed).Data, precheck(loaded).Data);
    loaded.free();
  }
  rekeyed.free();
});

test("a document tells when the cycle began, given the time that it is", async () => {
  const inventory = await load(rows);
  inventory.setChargeModel(tencent, { now: new Date("2026-11-25T12:00:00Z") });
  const { cycle, estimate: counted } = bill(inventory, {}, { now: Date.UTC(2026, 10, 25, 12) });
  const [start, next] = [Date.UTC(2026, 9, 31, 16), Date.UTC(2026, 10, 30, 16)];
  assert.deepEqual(cycle, { start, next, daysLeft: 6 });
  assert.equal(counted.chargeModel.cycleStart, start);
  inventory.free();
});

test("what is wrong is told, and the former model stays in force", async () => {
  const inventory = await load(rows);
  inventory.setChargeModel(tencent);
  for (const [model, options, expected] of [
    [{ ...tencent, countBy: "layer" }, undefined, { code: "invalid-value", field: "countBy" }],
    [{ ...tencent, price: 1 }, undefined, { code: "unknown-key", field: "price" }],
    [{ ...tencent, cost: { first: "1" } }, undefined, { field: "cost.repeat" }],
    [
      { ...tencent, cost: { first: "-1", repeat: "0" } },
      undefined,
      { code: "invalid-value", field: "cost.first" },
    ],
    [{ ...tencent, date: "2026-02-30" }, undefined, { code: "invalid-value", field: "date" }],
    [null, undefined, { code: "not-a-plain-object" }],
    ["digest", undefined, { code: "not-a-plain-object" }],
    [tencent, { when: 1 }, { code: "unknown-key", field: "when" }],
    [tencent, { now: "today" }, { code: "wrong-type", field: "now" }],
    [tencent, { cycleStart: 2, now: 1 }, { code: "invalid-value", field: "cycleStart" }],
    [tencent, null, { code: "not-a-plain-object" }],
  ]) {
    const error = thrownBy(() => inventory.setChargeModel(model, options));
    assertError(error, { code: error.code, ...expected });
    assert.equal(bill(inventory).units, "2.1");
  }
  for (const [options, expected] of [
    [{ remaining: -1 }, { field: "remaining" }],
    [{ nowt: 1 }, { code: "unknown-key", message: /did you mean `now`/ }],
    [{ signal: AbortSignal.timeout(1) }, { code: "unknown-key", field: "signal" }],
  ]) {
    const error = thrownBy(() => bill(inventory, {}, options));
    assertError(error, { code: error.code, ...expected });
  }
  inventory.free();
  assertError(
    thrownBy(() => inventory.setChargeModel()),
    { code: "disposed" },
  );
  assertError(
    thrownBy(() => bill(inventory)),
    { code: "disposed" },
  );
});
