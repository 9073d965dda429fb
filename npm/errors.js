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

/**
 * An error of ours that came as plain data, such as from a worker.
 *
 * @param {{ code: any, message: string, field?: string, position?: object }} failure
 */
export function errorOf({ code, message, field, position }) {
  const error = scanPrecheckError(code, message, { field });
  return position === undefined ? error : Object.assign(error, { position });
}

/** The same the other way; whatever else was thrown is a fault of the worker. */
export function failureOf(error) {
  if (!isScanPrecheckError(error)) return { code: "worker-failed", message: messageOf(error) };
  const { code, message, field, position } = error;
  return {
    code,
    message,
    ...(field !== undefined && { field }),
    ...(position !== undefined && { position: { ...position } }),
  };
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
