/**
 * The options of a load are read with the care of a filter: none is passed over, and every error is one of ours.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import { estimate, Inventory } from "scan-precheck";
import { assertRefused, load, numbersOf, rows, whole } from "./support.js";

describe("options that are no plain object", () => {
  class Options {
    get format() {
      return "csv";
    }
  }
  const wrong = {
    "a list": [],
    "a Map": new Map([["format", "csv"]]),
    "a text": "csv",
    "an empty text": "",
    "a number": 7,
    "a truth value": true,
    "a function": () => ({ format: "csv" }),
    "an object that inherits": Object.create({ format: "csv" }),
    "an instance of a class": new Options(),
  };
  for (const [name, options] of Object.entries(wrong)) {
    test(name, () => assertRefused(rows, { code: "not-a-plain-object" }, options));
  }
});

describe("options that are wrong", () => {
  const wrong = {
    "an unknown one": [{ formt: "csv" }, "unknown-key", "formt"],
    "a format that is not read": [{ format: "xml" }, "invalid-value", "format"],
    "a format that is no text": [{ format: 7 }, "wrong-type", "format"],
    "a default for what is an image's own": [{ defaults: { digest: "abc" } }, "unknown-key", "digest"],
    "a default that is no text": [{ defaults: { regionId: 7 } }, "wrong-type", "regionId"],
    "a rule that is none": [{ chargeModel: { countBy: "layer" } }, "invalid-value", "countBy"],
    "a time as text": [{ cycleStart: "2026-11-01" }, "wrong-type", "cycleStart"],
    "a Date that is none": [{ cycleStart: new Date("tomorrow") }, "invalid-value", "cycleStart"],
    "a present as text": [{ now: "2026-11-01" }, "wrong-type", "now"],
    "a present that is none": [{ now: new Date("tomorrow") }, "invalid-value", "now"],
    "a signal that is none": [{ signal: {} }, "wrong-type", "signal"],
    "the controller in place of its signal": [{ signal: new AbortController() }, "wrong-type", "signal"],
    "a listener that cannot be called": [{ onProgress: 7 }, "wrong-type", "onProgress"],
  };
  for (const [name, [options, code, field]] of Object.entries(wrong)) {
    test(name, () => assertRefused(rows, { code, field }, options));
  }
});

test("an option that cannot be read", async () => {
  const cause = new Error("hands off");
  for (const key of ["format", "cycleStart", "signal", "onProgress"]) {
    const options = Object.defineProperty({}, key, {
      enumerable: true,
      get() {
        throw cause;
      },
    });
    await assertRefused(rows, { code: "unreadable", message: /hands off/ }, options);
  }
});

test("what was put on prototypes is no option", async () => {
  const pollute = {
    format: "csv",
    signal: AbortSignal.abort(),
    onProgress: 7,
    chargeModel: 7,
    cycleStart: new Date(0),
  };
  for (const [key, value] of Object.entries(pollute)) {
    Object.defineProperty(Object.prototype, key, { value, configurable: true, writable: true });
    try {
      const inventory = await load(rows, {});
      const found = estimate(inventory);
      assert.deepEqual(numbersOf(found), whole);
      assert.equal(found.chargeModel.cycleStart, null, key);
      inventory.free();
    } finally {
      delete Object.prototype[key];
    }
  }
});

test("nothing given is nothing asked for", async () => {
  const nothing = {
    format: undefined,
    defaults: null,
    cycleStart: null,
    chargeModel: undefined,
    signal: undefined,
  };
  for (const options of [undefined, {}, nothing, Object.create(null)]) {
    const inventory = await load(rows, options);
    assert.deepEqual(numbersOf(estimate(inventory)), whole);
    inventory.free();
  }
});

describe("the time by which a tag has ended", () => {
  const tags = (end_ts) =>
    JSON.stringify({ tags: [{ name: "1", manifest_digest: `sha256:${"a".repeat(64)}`, end_ts }] });
  const images = async (end, options) => {
    const inventory = await load(tags(end), options);
    const { images } = inventory;
    inventory.free();
    return images;
  };
  const seconds = (milliseconds) => Math.floor(milliseconds / 1000);

  test("is the present where none is given", async () => {
    for (const options of [undefined, {}, { now: undefined }, { now: null }]) {
      assert.equal(await images(seconds(Date.now()) - 60, options), 0);
      assert.equal(await images(seconds(Date.now()) + 3600, options), 1);
    }
  });

  test("is a Date or milliseconds", async () => {
    const end = 1_700_000_000;
    assert.equal(await images(end, { now: new Date(end * 1000) }), 0);
    assert.equal(await images(end, { now: end * 1000 - 1 }), 1);
  });
});

test("a time is a Date, of any realm, or the same in milliseconds", async () => {
  const time = Date.UTC(2026, 10, 1);
  const elsewhere = runInNewContext(`new Date(${time})`);
  for (const given of [time, new Date(time), elsewhere]) {
    const inventory = await load([{ Tag: "1", LastScanTime: time }], { cycleStart: given, now: given });
    const started = () => estimate(inventory).chargeModel.cycleStart;
    assert.equal(started(), time);
    assert.equal(estimate(inventory).quota, 0);
    const restored = Inventory.restore(inventory.save(), { cycleStart: given });
    assert.equal(estimate(restored).chargeModel.cycleStart, time);
    inventory.setChargeModel({}, { cycleStart: given });
    assert.equal(started(), time);
    inventory.free();
    restored.free();
  }
});

test("what is no time is refused in the same words wherever a time is asked for", async () => {
  const inventory = await load(rows);
  const snapshot = inventory.save();
  const message = (field) =>
    new RegExp(`^\`${field}\` must be a time in milliseconds since 1970, but it is a text$`);
  for (const field of ["cycleStart", "now"]) {
    const refused = { code: "wrong-type", field, message: message(field) };
    await assert.rejects(load(rows, { [field]: "2026-11-01" }), refused);
    assert.throws(() => inventory.setChargeModel({}, { [field]: "2026-11-01" }), refused);
  }
  const refused = { code: "wrong-type", field: "cycleStart", message: message("cycleStart") };
  assert.throws(() => Inventory.restore(snapshot, { cycleStart: "2026-11-01" }), refused);
  inventory.free();
});
