/**
 * Sources that only look like one: whatever their parts do, the load ends, with an error of ours or an inventory.
 */
import { describe, test } from "node:test";
import { assertRefused, load, loadsRight as loads } from "./support.js";

const good = new TextEncoder().encode('[{"RepoName": "web", "Tag": "1"}]');
const bad = new TextEncoder().encode("[1,} and so on");
const thrower = () => {
  throw new Error("hands off");
};

/** That the next load works, and that nothing is thrown behind everyone's back, where it would end the process. */
async function loadsRight() {
  await loads();
  await new Promise((resolve) => setImmediate(resolve));
}

/** An asynchronous iterable that gives one chunk, with what it does when it is told to stop. */
const iterable = (chunk, parts) => {
  const chunks = [chunk];
  const next = async () => (chunks.length > 0 ? { done: false, value: chunks.pop() } : { done: true });
  return { [Symbol.asyncIterator]: () => ({ next, ...parts }) };
};

const endings = {
  "throws when it is told to stop": { return: thrower },
  "rejects when it is told to stop": { return: () => Promise.reject(new Error("hands off")) },
  "hangs when it is told to stop": { return: () => new Promise(() => {}) },
  "cannot be told to stop": { return: undefined },
};

describe("an iterable that", () => {
  for (const [name, parts] of Object.entries(endings)) {
    test(name, async () => {
      (await load(iterable(good, parts))).free();
      await assertRefused(iterable(bad, parts), { code: "invalid-json" });
      await assertRefused(iterable("a text", parts), { code: "wrong-type" });
      await loadsRight();
    });
  }

  test("is no iterable after all", async () => {
    const wrong = [
      {},
      { next: thrower },

      { next: async () => undefined },
      undefined,
      null,
    ];
    for (const iterator of wrong) {
      await assertRefused({ [Symbol.asyncIterator]: () => iterator }, { code: "unreadable" });
    }
    await assertRefused({ [Symbol.asyncIterator]: thrower }, { code: "unreadable" });
    await loadsRight();
  });
});

describe("a stream that", () => {
  const readers = {
    "has nothing of a stream but its name": () => 7,
    "cannot be cancelled": () => ({ read: async () => ({ done: true }) }),
    "throws when it is cancelled": () => ({ read: async () => ({ done: true }), cancel: thrower }),
    "cannot be read": () => ({ read: thrower, cancel: async () => {} }),
    "cannot be locked": thrower,
  };
  for (const [name, getReader] of Object.entries(readers)) {
    test(name, async () => {
      const code = name.includes("cancelled") ? "empty-input" : "unreadable";
      await assertRefused({ getReader }, { code });
      await loadsRight();
    });
  }
});

describe("an object that", () => {
  test("throws whatever is asked of it", async () => {
    await assertRefused(new Proxy({}, { get: thrower, getPrototypeOf: thrower }), { code: "unreadable" });
    await assertRefused(new Proxy([], { get: thrower }), { code: "unreadable" });
    await loadsRight();
  });

  test("has been revoked", async () => {
    for (const target of [{}, []]) {
      const { proxy, revoke } = Proxy.revocable(target, {});
      revoke();
      await assertRefused(proxy, { code: "unreadable" });
    }
  });

  test("is a buffer that was given away", async () => {
    const bytes = good.slice();
    structuredClone(bytes, { transfer: [bytes.buffer] });
    await assertRefused(bytes, { code: "unreadable" });
    await assertRefused(bytes.buffer, { code: "unreadable" });
  });
});
