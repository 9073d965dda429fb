/**
 * Snapshots: an inventory of the module → its bytes, and back.
 */
import { restoreSnapshot, saveSnapshot, snapshotLength } from "../pkg/scan_precheck.js";
import { call, callOn } from "./engine.js";
import { messageOf, scanPrecheckError } from "./errors.js";
import { withTimes } from "./options.js";
import { tagOf } from "./tag.js";

/** Bytes that the module can address. */
const MAX_BYTES = 2 ** 32 - 1;

/** The snapshot of an inventory of the module. */
export function snapshotOf(thing) {
  const length = callOn(snapshotLength, thing);
  let bytes;
  try {
    bytes = new Uint8Array(length);
  } catch (error) {
    throw scanPrecheckError("out-of-memory", `memory ran out while saving a snapshot of ${length} bytes`, {
      cause: error,
    });
  }
  callOn(saveSnapshot, thing, bytes);
  return bytes;
}

/**
 * Restores an inventory in the module.
 *
 * @returns {number} The inventory's number.
 */
export function restored(given, options) {
  const bytes = bytesOf(given);
  if (bytes.byteLength > MAX_BYTES) {
    throw scanPrecheckError(
      "too-large",
      `a snapshot has at most ${MAX_BYTES} bytes; load the export instead`,
    );
  }
  return call(restoreSnapshot, bytes, withTimes(options));
}

function bytesOf(given) {
  try {
    if (ArrayBuffer.isView(given)) return new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
    if (tagOf(given) === "ArrayBuffer" || tagOf(given) === "SharedArrayBuffer") return new Uint8Array(given);
  } catch (error) {
    throw scanPrecheckError("unreadable", `the snapshot could not be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
  throw scanPrecheckError(
    "wrong-type",
    "a snapshot is restored from its bytes: give the Uint8Array that save() gave, or an ArrayBuffer of the same",
  );
}
