/**
 * The WebAssembly module behind a guard: whether it is ready, and whether it is still sound.
 *
 * After a trap a module goes on answering, unsoundly. So the first error that is none of ours marks it as
 * crashed, and every later call says so until `init()` has made a new one. Numbers that stand for things in
 * the old one carry its generation and find nothing in the new one.
 */
import { __wbg_reset_state, initSync, installRegistries, lastPanic } from "../pkg/scan_precheck.js";
import { isScanPrecheckError, messageOf, scanPrecheckError } from "./errors.js";

/** @type {"not initialized" | "ready" | "crashed"} */
let state = "not initialized";
let generation = 0;
let crash = "";

/** @type {Promise<void> | undefined} */
let starting;

/**
 * Makes the module ready, once, by `start`; again after a crash.
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

/** Makes the module ready from its bytes, at once. */
export function beginSync(bytes) {
  initSync({ module: bytes });
  becomeReady();
}

function becomeReady() {
  installRegistries();
  state = "ready";
  generation += 1;
}

function revive() {
  __wbg_reset_state();
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
  if (state === "ready" && thing.generation !== generation) {
    throw scanPrecheckError("disposed", "the inventory was lost when the module crashed; load it again");
  }
  return call(exported, thing.number, ...rest);
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
  try {
    return exported(...rest);
  } catch (thrown) {
    if (isScanPrecheckError(thrown)) throw thrown;
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
