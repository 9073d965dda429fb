/**
 * A module that has crashed: it is not asked again, every call says so, and `init()` makes a new one.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import init, { estimate, facets, precheck, suggest } from "scan-precheck";
import { initSync } from "../../pkg/scan_precheck.js";
import { assertError, load, numbersOf, read, rejectionOf, rows, thrownBy, whole } from "./support.js";

/**
 * Makes the module trap, as a fault of memory would: everything in it is overwritten, so that the next call
 * finds addresses that lie outside.
 */
function crash(inventory) {
  new Uint8Array(initSync().memory.buffer).fill(0xff);
  return thrownBy(() => estimate(inventory));
}

/** Makes the module trap by recursion: a getter that asks with itself without end. */
function exhaust(inventory) {
  const filter = {
    get tags() {
      return String(precheck(inventory, filter).Data.NeedAuthCount);
    },
  };
  return thrownBy(() => precheck(inventory, filter));
}

const crashed = { code: "crashed", message: /call init\(\) to start anew/ };

async function assertAlive() {
  const inventory = await load(rows);
  assert.deepEqual(numbersOf(estimate(inventory)), whole);
  assert.equal(facets(inventory, {}, { field: "tags" }).total, 3);
  inventory.free();
  // Both parts of the module are there again.
  const ofQuay = await load(read("tests/fixtures/quay-tags-page-1.json"));
  assert.ok(ofQuay.images > 0);
  ofQuay.free();
}

describe("after a crash", () => {
  test("every call says so, until init() has been called", async () => {
    const inventory = await load(rows);
    const error = crash(inventory);
    assertError(error, crashed);
    assert.ok(error.cause instanceof WebAssembly.RuntimeError, String(error.cause));
    for (let time = 0; time < 3; time += 1) {
      assertError(
        thrownBy(() => estimate(inventory)),
        crashed,
      );
      assertError(
        thrownBy(() => precheck(inventory, {})),
        crashed,
      );
      assertError(
        thrownBy(() => suggest(inventory, {}, { field: "tags" })),
        crashed,
      );
      assertError(await rejectionOf(load(rows)), crashed);
    }
    assert.equal(inventory.images, 4, "the report was read before");
    await init();
    await assertAlive();
    assertError(
      thrownBy(() => estimate(inventory)),
      { code: "disposed", message: /lost when the module crashed/ },
    );
    assert.equal(inventory.free(), undefined);
    await assertAlive();
  });

  test("an inventory of before is never taken for one of after", async () => {
    const old = [await load(rows), await load(rows), await load(rows)];
    crash(old[0]);
    await init();
    const fresh = [await load(rows.slice(0, 1)), await load(rows.slice(0, 2)), await load(rows.slice(0, 3))];
    for (const inventory of old)
      assertError(
        thrownBy(() => estimate(inventory)),
        { code: "disposed" },
      );
    for (const inventory of old) inventory.free();
    assert.deepEqual(
      fresh.map((inventory) => estimate(inventory).images),
      [1, 2, 3],
    );
    for (const inventory of fresh) inventory.free();
  });

  test("it can be disposed of before the new one is there", async () => {
    const inventory = await load(rows);
    crash(inventory);
    assert.equal(inventory.free(), undefined);
    assertError(
      thrownBy(() => estimate(inventory)),
      { code: "disposed" },
    );
    await init();
    await assertAlive();
  });

  test("a load under way says so", async () => {
    const inventory = await load(rows);
    let resume;
    const paused = new Promise((resolve) => {
      resume = resolve;
    });
    let reached;
    const underWay = new Promise((resolve) => {
      reached = resolve;
    });
    async function* slow() {
      yield new TextEncoder().encode('[{"RepoName": "web"},');
      reached();
      await paused;
      yield new TextEncoder().encode('{"RepoName": "api"}]');
    }
    const [before, after] = [rejectionOf(load(slow())), underWay];
    await after;
    crash(inventory);
    await init();
    resume();
    assertError(await before, { code: "disposed" });
    await assertAlive();
  });

  test("again and again", async () => {
    for (let time = 0; time < 20; time += 1) {
      const inventory = await load(rows);
      assertError(crash(inventory), crashed);
      await Promise.all([init(), init(), init()]);
      await assertAlive();
    }
  });
});

test("recursion without end is refused or a crash, and never a wrong answer", async () => {
  for (let time = 0; time < 5; time += 1) {
    const inventory = await load(rows);
    const { code } = exhaust(inventory);
    assert.ok(["unreadable", "crashed"].includes(code), code);
    let state = "sound";
    try {
      assert.deepEqual(numbersOf(estimate(inventory)), whole);
    } catch (error) {
      assertError(error, crashed);
      state = "crashed";
    }
    await init();
    await assertAlive();
    if (state === "sound") assert.deepEqual(numbersOf(estimate(inventory)), whole);
    else
      assertError(
        thrownBy(() => estimate(inventory)),
        { code: "disposed" },
      );
  }
});

describe("a call that was under way when the module was made anew", () => {
  /** Asks with a filter that crashes the module and makes it anew while it is read. */
  async function asked(crashWithin) {
    const inventory = await load(rows);
    const filter = {
      tags: ["1", "7"],
      get repoNames() {
        crashWithin(inventory);
        init();
        return ["api", "x".repeat(1000)];
      },
      get regionIds() {
        return ["cn-beijing", "y".repeat(1000)];
      },
    };
    const thrown = thrownBy(() => precheck(inventory, filter));
    assertError(thrown, { code: thrown?.code });
    assert.ok(["crashed", "disposed"].includes(thrown.code), thrown.message);
  }

  async function assertUnharmed() {
    await init();
    for (let time = 0; time < 20; time += 1) await assertAlive();
  }

  test("does no harm to the new one, with its own memory lost", async () => {
    await asked(crash);
    await assertUnharmed();
  });

  test("does no harm to the new one, with its own memory as it was", async () => {
    await asked((inventory) => {
      const memory = new Uint8Array(initSync().memory.buffer);
      const before = memory.slice();
      crash(inventory);
      memory.set(before);
    });
    await assertUnharmed();
  });
});
