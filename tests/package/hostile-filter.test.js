/**
 * Filters that mean harm: objects that throw, that inherit, that run the caller's code.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { estimate, precheck } from "scan-precheck";
import { answersRight, means, refuses } from "./refuses.js";
import { load, moduleMemory, numbersOf, rows, thrownBy, whole } from "./support.js";

/** Every trap that a proxy can have. */
const traps = Object.getOwnPropertyNames(Reflect).filter((name) => typeof Reflect[name] === "function");

/** A proxy of `target` whose every trap throws. */
function throwing(target, thrown = new Error("hands off")) {
  const handler = Object.fromEntries(
    traps.map((name) => [
      name,
      () => {
        throw thrown;
      },
    ]),
  );
  return new Proxy(target, handler);
}

function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const throwsIn = (key, thrown) =>
  Object.defineProperty({}, key, {
    enumerable: true,
    get() {
      throw thrown;
    },
  });

describe("what throws", () => {
  const unreadable = { code: "unreadable" };

  test("a getter, and its message is told", () => {
    const expected = { ...unreadable, field: "tags", message: /`tags` could not be read.*hands off/ };
    refuses(() => throwsIn("tags", new Error("hands off")), expected);
  });

  test("a getter in a list", () => {
    const list = ["1", "2"];
    Object.defineProperty(list, 1, throwsInDescriptor());
    refuses(() => ({ tags: list }), { ...unreadable, field: "tags[1]" });
  });

  test("whatever is thrown", () => {
    const odd = [
      "a text",
      "\ud800",
      "x".repeat(20_000_000),
      undefined,
      null,
      42,
      42n,
      Symbol("thrown"),
      () => {},
      {},
      Object.create(null),
      { message: 42 },
      { message: "\udc00" },
      throwsIn("message", new Error("in the message")),
      throwing({}),
      throwing(() => {}),
      revoked({}),
      Object.assign(new Error("made to look like one of ours"), {
        name: "ScanPrecheckError",
        code: "crashed",
      }),
    ];
    for (const thrown of odd) refuses(() => throwsIn("tags", thrown), { ...unreadable, field: "tags" });
    for (const thrown of odd) refuses(() => throwing({}, thrown), unreadable);
  });

  test("a proxy whose every trap throws, as filter, list, item and text", () => {
    refuses(() => throwing({}), { ...unreadable, message: /the filter could not be read.*hands off/ });
    refuses(() => throwing([]), unreadable);
    refuses(() => ({ tags: throwing([]) }), { ...unreadable, field: "tags" });
    refuses(() => ({ tags: throwing({}) }), unreadable);
    refuses(() => ({ tags: [throwing({})] }), { ...unreadable, field: "tags[0]" });
    refuses(() => ({ SourceIp: throwing({}) }), unreadable);
    refuses(() => throwing(() => {}), { code: "not-a-plain-object" });
  });

  test("a revoked proxy", () => {
    refuses(() => revoked({}), unreadable);
    refuses(() => revoked([]), unreadable);
    refuses(() => ({ tags: revoked([]) }), { ...unreadable, field: "tags" });
  });

  // Each exception that passed through the module's frames would cost it some of its stack.
  test("ten thousand times", async () => {
    const inventory = await load(rows);
    const filters = [
      throwsIn("tags", new Error("hands off")),
      throwing({}),
      { tags: throwing([]) },
      revoked({}),
    ];
    const before = moduleMemory();
    for (let time = 0; time < 10_000; time += 1) {
      assert.equal(thrownBy(() => precheck(inventory, filters[time % 4])).code, "unreadable");
    }
    for (const filter of filters) {
      for (let time = 0; time < 10_000; time += 1)
        assert.equal(thrownBy(() => precheck(inventory, filter)).code, "unreadable");
    }
    assert.ok(moduleMemory() <= before + 1024 * 1024, "the module's memory grows with each");
    answersRight();
    inventory.free();
  });
});

function throwsInDescriptor() {
  return Object.getOwnPropertyDescriptor(throwsIn("tags", new Error("hands off")), "tags");
}

test("what was put on prototypes is not read", async () => {
  const inventory = await load(rows);
  const pollute = { tags: "7", Tags: "7", remaining: 1, purchaseStep: 7, field: "tags" };
  try {
    for (const [key, value] of Object.entries(pollute)) {
      Object.defineProperty(Object.prototype, key, { value, configurable: true, writable: true });
    }
    const found = estimate(inventory, {}, {});
    assert.deepEqual(numbersOf(found), whole);
    assert.deepEqual([found.remaining, found.purchase], [null, null]);
    assert.deepEqual(numbersOf(estimate(inventory, { repoNames: "centos" })).images, 2);
  } finally {
    for (const key of Object.keys(pollute)) delete Object.prototype[key];
  }
  answersRight();
  inventory.free();
});

test("nothing is asked to become a text or a number", () => {
  const called = [];
  const converting = (more) => ({
    ...more,
    toString: () => called.push("toString"),
    valueOf: () => called.push("valueOf"),
    toJSON: () => called.push("toJSON"),
    [Symbol.toPrimitive]: () => called.push("toPrimitive"),
    // biome-ignore lint/suspicious/noThenProperty: something that is awaited by mistake would call it.
    then: () => called.push("then"),
  });
  refuses(() => converting({ tags: "1" }), { code: "not-a-plain-object" });
  refuses(() => ({ tags: converting() }), { code: "wrong-type" });
  refuses(() => ({ tags: [converting()] }), { code: "wrong-type" });
  refuses(() => ({ SourceIp: converting() }), { code: "wrong-type" });
  assert.deepEqual(called, []);
});

test("each property is read once", () => {
  const reads = [];
  const watched = (target, name) =>
    new Proxy(target, {
      get(object, key) {
        reads.push(`${name}.${String(key)}`);
        return Reflect.get(object, key);
      },
    });
  means(watched({ tags: watched(["1"], "tags"), repoNames: "api" }, "filter"), {
    tags: "1",
    repoNames: "api",
  });
  assert.deepEqual(reads, ["filter.tags", "tags.length", "tags.0", "filter.repoNames"]);
});
