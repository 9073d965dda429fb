/**
 * Errors that the JavaScript side throws, in the form of those that the module throws.
 */

/**
 * @param {import("./index.js").ErrorCode} code
 * @param {string} message
 * @param {{ cause?: unknown, field?: string }} [more]
 */
export function scanPrecheckError(code, message, { cause, field } = {}) {
  const error = cause === undefined ? new Error(message) : new Error(message, { cause });
  return Object.assign(error, { name: "ScanPrecheckError", code }, field === undefined ? {} : { field });
}

/** Whether an error is one of ours, made here or in the module. */
export function isScanPrecheckError(thrown) {
  return thrown instanceof Error && thrown.name === "ScanPrecheckError" && "code" in thrown;
}

/** What a thrown value says; anything can be thrown, even what cannot be written as a text. */
export function messageOf(thrown) {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return "something without a message";
  }
}
