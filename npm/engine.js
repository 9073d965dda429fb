/**
 * The WebAssembly module behind a guard: whether its parts are ready, and whether it is still sound.
 *
 * After a trap a module goes on answering, unsoundly. So the first error that is none of ours marks it as
 * crashed, and every later call says so until `init()` has made a new one. Numbers that stand for things in
 * the old one carry its generation and find nothing in the new one.
 */
import {
  __wbg_reset_state,
  furtherParts,
  initSync,
  installRegistries,
  joinPart,
  lastPanic,
  partImports,
} from "../pkg/scan_precheck.js";
import { isScanPrecheckError, messageOf, scanPrecheckError } from "./errors.js";
import { notLoaded } from "./parts.js";

/** @type {"not initialized" | "ready" | "crashed"} */
let state = "not initialized";
let generation = 0;
let crash = "";

/** @type {Promise<void> | undefined} */
let starting;

/**
 * A further part: its module once it is joined to the first, where it can be had at once, and that it is on its way.
 *
 * @typedef {{ module?: WebAssembly.Module, atHand?: () => WebAssembly.Module, joining?: Promise<void> }} Further
 */

/** @type {Record<import("../pkg/scan_precheck.js").FurtherPart, Further>} */
const further = { second: {}, extra: {} };

/** Functions of the glue that need the second part. */
const ofSecond = new Set(Object.values(furtherParts.second));

/** How `init` is asked for each. */
const ASKING = {
  second:
    "this needs the second part of the module, and init was asked for the first; await init() to load it, or init({ more }) where you have it elsewhere",
  extra:
    'this needs the extra part of the module; await init({ parts: "extra" }) to load it, or init({ extra }) where you have it elsewhere',
};

/**
 * Makes the first part ready, once, by `start`; again after a crash, with the further parts that were there.
 *
 * @param {() => Promise<unknown>} start
 * @returns {Promise<void>}
 */
export function begin(start) {
  if (state === "crashed") revive();
  if (state === "ready") return Promise.resolve();
  starting ??= start().then(becomeReady, (error) => {
    starting = undefined;
    if (!hasVectors()) {
      const message =
        "WebAssembly has no vectors (SIMD) here; use a browser of 2023 or later, or Node 20 or later";
      throw scanPrecheckError("unsupported-platform", message, { cause: error });
    }
    throw isScanPrecheckError(error)
      ? error
      : scanPrecheckError(
          "not-initialized",
          `the WebAssembly module could not be loaded: ${messageOf(error)}`,
          {
            cause: error,
          },
        );
  });
  return starting;
}

/** Whether the platform takes a module with one function, which makes a vector: i32.const 0, i8x16.splat. */
function hasVectors() {
  const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  const functionType = [0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b];
  const functions = [0x03, 0x02, 0x01, 0x00];
  const code = [0x0a, 0x08, 0x01, 0x06, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x0b];
  return WebAssembly.validate(new Uint8Array([...header, ...functionType, ...functions, ...code]));
}

/**
 * Makes the first part ready and a further one, once: that is asked for at once and joined when the first is there.
 *
 * @param {import("../pkg/scan_precheck.js").FurtherPart} part
 * @param {() => Promise<unknown>} start
 * @param {() => Promise<WebAssembly.Module>} load
 * @returns {Promise<void>}
 */
export function beginWith(part, start, load) {
  const first = begin(start);
  const one = further[part];
  if (one.module !== undefined) return first;
  one.joining ??= join(part, first, load()).finally(() => {
    one.joining = undefined;
  });
  return one.joining;
}

/**
 * @param {import("../pkg/scan_precheck.js").FurtherPart} part
 * @param {Promise<void>} first
 * @param {Promise<WebAssembly.Module>} loading
 */
async function join(part, first, loading) {
  // Where the first part fails that is what is told, and nobody hears of the other.
  loading.catch(() => {});
  await first;
  try {
    const module = await loading;
    let joined;
    // What is instantiated on a module that crashed meanwhile belongs to the old one.
    do {
      joined = generation;
      const instance = await WebAssembly.instantiate(module, partImports());
      if (joined === generation) becomeLarger(part, instance);
    } while (joined !== generation);
    further[part].module = module;
  } catch (error) {
    throw notLoaded(part, error);
  }
}

/**
 * Makes the first part ready from its bytes, at once, and each further one from its own when it is needed.
 *
 * @param {BufferSource} bytes
 * @param {Record<import("../pkg/scan_precheck.js").FurtherPart, () => BufferSource>} bytesOf
 */
export function beginSync(bytes, bytesOf) {
  initSync({ module: bytes });
  for (const [part, one] of Object.entries(further)) {
    one.atHand = () => new WebAssembly.Module(bytesOf[part]());
  }
  becomeReady();
}

function joinNow(part, module) {
  becomeLarger(part, new WebAssembly.Instance(module, partImports()));
  further[part].module = module;
}

function becomeLarger(part, instance) {
  joinPart(part, instance);
  // Loads that began before go on with what reads other registries' lists.
  if (part === "second") installRegistries();
}

/** Waits for the second part where it is on its way, and takes it where it is at hand. */
export async function withSecond() {
  const { module, joining } = further.second;
  if (module !== undefined) return;
  if (joining !== undefined) await joining;
  else joinNow("second", moduleOf("second"));
}

function moduleOf(part) {
  const { atHand } = further[part];
  if (atHand !== undefined) return atHand();
  throw scanPrecheckError("part-not-loaded", ASKING[part]);
}

function becomeReady() {
  state = "ready";
  generation += 1;
}

function revive() {
  __wbg_reset_state();
  for (const [part, { module }] of Object.entries(further)) if (module !== undefined) joinNow(part, module);
  becomeReady();
}

/** A thing in the module: its number, and the generation of the module that knows it. */
export function thing(number) {
  return { number, generation };
}

/**
 * Calls a function of the module on a thing.
 *
 * @template {unknown[]} Rest
 * @template Answer
 * @param {(number: number, ...rest: Rest) => Answer} exported
 * @param {{ number: number, generation: number }} thing
 * @param {Rest} rest
 * @returns {Answer}
 */
export function callOn(exported, thing, ...rest) {
  return call(exported, numberOf(thing), ...rest);
}

/**
 * Calls a function of the module on two things.
 *
 * @template {unknown[]} Rest
 * @template Answer
 * @param {(number: number, other: number, ...rest: Rest) => Answer} exported
 * @param {{ number: number, generation: number }} thing
 * @param {{ number: number, generation: number }} other
 * @param {Rest} rest
 * @returns {Answer}
 */
export function callOnBoth(exported, thing, other, ...rest) {
  return call(exported, numberOf(thing), numberOf(other), ...rest);
}

function numberOf({ number, generation: own }) {
  if (state === "ready" && own !== generation) {
    throw scanPrecheckError("disposed", "the inventory was lost when the module crashed; load it again");
  }
  return number;
}

/**
 * Calls a function of the module.
 *
 * @template {unknown[]} Rest
 * @template Answer
 * @param {(...rest: Rest) => Answer} exported
 * @param {Rest} rest
 * @returns {Answer}
 */
export function call(exported, ...rest) {
  if (state !== "ready") {
    throw state === "crashed"
      ? scanPrecheckError("crashed", `${crash}; call init() to start anew, then load the inventory again`)
      : scanPrecheckError("not-initialized", "used before it was ready; await init() first");
  }
  if (further.second.module === undefined && ofSecond.has(exported)) joinNow("second", moduleOf("second"));
  try {
    return exported(...rest);
  } catch (thrown) {
    if (isScanPrecheckError(thrown)) {
      // Its stack begins with the caller: what runs in the module says nothing to who made the mistake.
      Error.captureStackTrace?.(/** @type {Error} */ (thrown), call);
      throw thrown;
    }
    state = "crashed";
    crash = `the module crashed: ${panicMessage() || messageOf(thrown)}`;
    throw scanPrecheckError("crashed", `${crash}; call init() to start anew, then load the inventory again`, {
      cause: thrown,
    });
  }
}

/**
 * Calls a function of the extra part.
 *
 * @template {unknown[]} Rest
 * @template Answer
 * @param {(...rest: Rest) => Answer} exported
 * @param {Rest} rest
 * @returns {Answer}
 */
export function callInExtra(exported, ...rest) {
  if (state === "ready" && further.extra.module === undefined) joinNow("extra", moduleOf("extra"));
  return call(exported, ...rest);
}

function panicMessage() {
  try {
    return lastPanic();
  } catch {
    return "";
  }
}
