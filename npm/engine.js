/**
 * The WebAssembly module behind a guard: whether its two parts are ready, and whether it is still sound.
 *
 * After a trap a module goes on answering, unsoundly. So the first error that is none of ours marks it as
 * crashed, and every later call says so until `init()` has made a new one. Numbers that stand for things in
 * the old one carry its generation and find nothing in the new one.
 */
import {
  __wbg_reset_state,
  initSync,
  installRegistries,
  lastPanic,
  secondPart,
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
 * The second part, once it is joined to the first.
 *
 * @type {WebAssembly.Module | undefined}
 */
let second;

/**
 * Where it can be had at once.
 *
 * @type {(() => WebAssembly.Module) | undefined}
 */
let secondAtHand;

/** @type {Promise<void> | undefined} */
let joining;

/**
 * Makes the first part ready, once, by `start`; again after a crash, with the second part if that was there.
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
 * Makes both parts ready, once: the second one is asked for at once and joined when the first is there.
 *
 * @param {() => Promise<unknown>} start
 * @param {() => Promise<WebAssembly.Module>} load
 * @returns {Promise<void>}
 */
export function beginWithSecond(start, load) {
  const first = begin(start);
  if (second !== undefined) return first;
  joining ??= join(first, load()).finally(() => {
    joining = undefined;
  });
  return joining;
}

/**
 * @param {Promise<void>} first
 * @param {Promise<WebAssembly.Module>} loading
 */
async function join(first, loading) {
  // Where the first part fails that is what is told, and nobody hears of the second.
  loading.catch(() => {});
  await first;
  try {
    const module = await loading;
    let joined;
    // What is instantiated on a module that crashed meanwhile belongs to the old one.
    do {
      joined = generation;
      const instance = await WebAssembly.instantiate(module, secondPart.imports());
      if (joined === generation) becomeWhole(instance);
    } while (joined !== generation);
    second = module;
  } catch (error) {
    throw notLoaded(error);
  }
}

/** Makes the first part ready from its bytes, at once, and the second from its own when it is needed. */
export function beginSync(bytes, secondBytes) {
  initSync({ module: bytes });
  secondAtHand = () => new WebAssembly.Module(secondBytes);
  becomeReady();
}

function joinNow(module) {
  becomeWhole(new WebAssembly.Instance(module, secondPart.imports()));
  second = module;
}

function becomeWhole(instance) {
  secondPart.join(instance);
  // Loads that began before go on with what reads other registries' lists.
  installRegistries();
}

/** Waits for the second part where it is on its way, and takes it where it is at hand. */
export async function withSecond() {
  if (second !== undefined) return;
  if (joining !== undefined) await joining;
  else joinNow(secondModule());
}

function secondModule() {
  if (secondAtHand !== undefined) return secondAtHand();
  throw scanPrecheckError(
    "part-not-loaded",
    "this needs the second part of the module, and init was asked for the first; await init() to load it, or init({ more }) where you have it elsewhere",
  );
}

function becomeReady() {
  state = "ready";
  generation += 1;
}

function revive() {
  __wbg_reset_state();
  if (second !== undefined) joinNow(second);
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
  if (second === undefined && secondPart.functions.has(exported)) joinNow(secondModule());
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

function panicMessage() {
  try {
    return lastPanic();
  } catch {
    return "";
  }
}
