/**
 * Filters whose getters call back into the package: each call is answered right or refused, none does harm.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { estimate, precheck, suggest } from "scan-precheck";
import { answersRight, refuses } from "./refuses.js";
import { assertError, load, numbersOf, rows, thrownBy, whole } from "./support.js";

/** A filter for the tag `1` that does something when it is read. */
const whenRead = (act) => ({
  get tags() {
    act();
    return "1";
  },
});

test("a question within a question", async () => {
  const inventory = await load(rows);
  const within = [];
  const filter = whenRead(() => {
    within.push(precheck(inventory).Data, estimate(inventory, { tags: "7" }).images);
    within.push(suggest(inventory, {}, { field: "tags" }).total);
    assertError(
      thrownBy(() => estimate(inventory, { tag: "7" })),
      { code: "unknown-key" },
    );
  });
  assert.equal(estimate(inventory, filter).images, 2);
  assert.deepEqual(within, [{ ScanImageCount: 2, NeedAuthCount: 4 }, 1, 3]);
  inventory.free();
});

test("the inventory is disposed of while its filter is read", async () => {
  for (const ask of [precheck, estimate, (of, filter) => suggest(of, filter, { field: "tags" })]) {
    const inventory = await load(rows);
    assertError(
      thrownBy(() =>
        ask(
          inventory,
          whenRead(() => inventory.free()),
        ),
      ),
      { code: "disposed" },
    );
    assertError(
      thrownBy(() => ask(inventory, {})),
      { code: "disposed" },
    );
    answersRight();
  }
});

test("another inventory is disposed of meanwhile", async () => {
  const inventory = await load(rows);
  const other = await load(rows.slice(0, 1));
  assert.equal(
    estimate(
      inventory,
      whenRead(() => other.free()),
    ).images,
    2,
  );
  assertError(
    thrownBy(() => estimate(other)),
    { code: "disposed" },
  );
  inventory.free();
});

test("loads begin while a filter is read", async () => {
  const inventory = await load(rows);
  const loads = [];
  const filter = whenRead(() => loads.push(load(rows.slice(0, 2))));
  for (let time = 0; time < 100; time += 1) assert.equal(estimate(inventory, filter).images, 2);
  for (const other of await Promise.all(loads)) {
    assert.equal(other.images, 2);
    other.free();
  }
  assert.deepEqual(numbersOf(estimate(inventory)), whole);
  inventory.free();
});

test("a getter that asks with itself, some hundred levels deep", async () => {
  const inventory = await load(rows);
  let depth = 0;
  const filter = whenRead(() => {
    depth += 1;
    if (depth < 300) assert.equal(estimate(inventory, filter).images, 2);
  });
  assert.equal(estimate(inventory, filter).images, 2);
  assert.equal(depth, 300);
  answersRight();
  inventory.free();
});

test("what is read changes while it is read", async () => {
  const inventory = await load(rows);
  const filter = {
    get tags() {
      delete filter.repoNames;
      filter.unknown = "1";
      return "1";
    },
    repoNames: "centos",
  };
  // The keys are those of the beginning; the one that has gone meanwhile is not given.
  assert.equal(estimate(inventory, filter).images, 2);
  refuses(() => filter, { code: "unknown-key", field: "unknown" });
  const shrinking = () => {
    const list = ["1", "2", "3"];
    return Object.defineProperty(list, 0, {
      get() {
        list.length = 1;
        return "1";
      },
    });
  };
  refuses(() => ({ tags: shrinking() }), { code: "wrong-type", field: "tags[1]" });
  inventory.free();
});
