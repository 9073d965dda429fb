/**
 * The options of a load: what is for this side of the border is taken out, all else is the module's to judge.
 */
import { isScanPrecheckError, messageOf, scanPrecheckError } from "./errors.js";
import { tagOf } from "./tag.js";

/**
 * @returns {{ onProgress?: Function, signal?: AbortSignal, rest: unknown }}
 */
export function splitOptions(options = {}) {
  const ours = { onProgress: undefined, signal: undefined, now: undefined };
  const rest = copied(options, ours);
  if (rest !== options) {
    // The module has no clock.
    Object.defineProperty(rest, "now", { value: timeAsNumber(ours.now ?? Date.now()), enumerable: true });
  }
  return { onProgress: checkedListener(ours.onProgress), signal: checkedSignal(ours.signal), rest };
}

/** Options with times in milliseconds, as the module takes them. */
export const withTimes = (options) => copied(options, {});

/** A copy of options for the module, without those that `ours` has a place for: these are put there. */
function copied(options, ours) {
  // The module refuses what is no object, in its own words.
  if (typeof options !== "object" || options === null) return options;
  try {
    // With the same prototype, so that the module judges what the caller gave.
    const rest = Object.create(Object.getPrototypeOf(options));
    for (const key of Reflect.ownKeys(options)) {
      if (Object.hasOwn(ours, key)) ours[key] = options[key] ?? undefined;
      else Object.defineProperty(rest, key, { value: timeAsNumber(options[key]), enumerable: true });
    }
    return rest;
  } catch (error) {
    if (isScanPrecheckError(error)) throw error;
    throw scanPrecheckError("unreadable", `the options could not be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** The module takes times in milliseconds. */
function timeAsNumber(value) {
  return tagOf(value) === "Date" ? Date.prototype.getTime.call(value) : value;
}

function checkedListener(onProgress) {
  if (onProgress === undefined || typeof onProgress === "function") return onProgress;
  throw scanPrecheckError("wrong-type", "`onProgress` must be a function", { field: "onProgress" });
}

function checkedSignal(signal) {
  const isSignal = typeof signal?.aborted === "boolean" && typeof signal.addEventListener === "function";
  if (signal === undefined || isSignal) return signal;
  throw scanPrecheckError("wrong-type", "`signal` must be the signal of an AbortController", {
    field: "signal",
  });
}
