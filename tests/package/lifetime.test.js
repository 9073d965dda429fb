/**
 * The life of an inventory: only a load makes one, and once it is disposed of every use says so.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import init, * as scanPrecheck from "scan-precheck";
import { assertError, load, numbersOf, rows, thrownBy, whole } from "./support.js";

const { estimate, Inventory, precheck, suggest } = scanPrecheck;
const questions = { precheck, estimate, suggest: (of, filter) => suggest(of, filter, { field: "tags" }) };

describe("after it was disposed of", () => {
  test("every use says so", async () => {
    const inventory = await load(rows);
    assert.equal(inventory.free(), undefined);
    assert.equal(inventory.free(), undefined);
    for (const ask of Object.values(questions))
      assertError(
        thrownBy(() => ask(inventory, {})),
        { code: "disposed" },
      );
    assertError(
      thrownBy(() => inventory.images),
      { code: "disposed" },
    );
    assertError(
      thrownBy(() => inventory.report),
      { code: "disposed" },
    );
  });

  test("others are still there", async () => {
    const [one, other] = [await load(rows), await load(rows.slice(0, 3))];
    one.free();
    one.free();
    assert.equal(estimate(other).images, 3);
    other.free();
  });

  test("a report that was taken before can be read on", async () => {
    const inventory = await load(rows);
    const { report } = inventory;
    inventory.free();
    assert.equal(report.images, 4);
  });
});

test("`using` disposes of it, where the platform has it", async (t) => {
  t.diagnostic(`Symbol.dispose is ${Symbol.dispose === undefined ? "not " : ""}there`);
  const inventory = await load(rows);
  if (Symbol.dispose === undefined) {
    assert.ok(!("undefined" in inventory), "the method must not go by the name `undefined`");
    inventory.free();
    return;
  }
  inventory[Symbol.dispose]();
  assertError(
    thrownBy(() => estimate(inventory)),
    { code: "disposed" },
  );
  assert.equal(inventory[Symbol.dispose](), undefined);
});

describe("what is no inventory", () => {
  test("cannot be constructed", () => {
    for (const args of [[], [Symbol("making"), 1], [1], [{}]]) {
      assertError(
        thrownBy(() => new Inventory(...args)),
        { code: "wrong-type", message: /Inventory\.load/ },
      );
    }
    assertError(
      thrownBy(() => Reflect.construct(Inventory, [])),
      { code: "wrong-type" },
    );
    class Mine extends Inventory {}
    assertError(
      thrownBy(() => new Mine()),
      { code: "wrong-type" },
    );
  });

  test("cannot be asked", async () => {
    const inventory = await load(rows);
    const wrong = [
      undefined,
      null,
      1,
      "inventory",
      {},
      [],
      rows,
      Inventory,
      Promise.resolve(inventory),
      Object.create(Inventory.prototype),
      Object.create(inventory),
      new Proxy(inventory, {}),
      structuredClone({ ...inventory }),
    ];
    for (const one of wrong) {
      for (const ask of Object.values(questions)) {
        assertError(
          thrownBy(() => ask(one, {})),
          { code: "wrong-type", message: /Inventory\.load/ },
        );
      }
    }
    assert.deepEqual(numbersOf(estimate(inventory)), whole);
    inventory.free();
  });

  test("shows nothing of the inside", async () => {
    const inventory = await load(rows);
    assert.deepEqual(Reflect.ownKeys(inventory), []);
    assert.ok(!("ask" in Inventory));
    assert.deepEqual(Object.keys(scanPrecheck).sort(), [
      "Inventory",
      "authorize",
      "bill",
      "default",
      "diff",
      "estimate",
      "explain",
      "facets",
      "margin",
      "plan",
      "precheck",
      "reconcile",
      "suggest",
      "toSql",
    ]);
    inventory.free();
  });
});

test("answers are new plain objects each time", async () => {
  const inventory = await load(rows);
  for (const ask of Object.values(questions)) {
    const [one, other] = [ask(inventory, {}), ask(inventory, {})];
    assert.notEqual(one, other);
    assert.equal(Object.getPrototypeOf(one), Object.prototype);
    assert.deepEqual(JSON.parse(JSON.stringify(one)), one);
  }
  const ids = Array.from({ length: 1000 }, () => precheck(inventory).RequestId);
  assert.equal(new Set(ids).size, 1000);
  inventory.free();
});

test("init can be called at any time, and does nothing to what is there", async () => {
  const inventory = await load(rows);
  await Promise.all([init(), init()]);
  assert.equal(await init(), undefined);
  assert.deepEqual(numbersOf(estimate(inventory)), whole);
  inventory.free();
});
