/** Turns whatever was thrown into plain data that can cross from the worker to the page. */

import type { ErrorCode, ScanPrecheckError } from "scan-precheck";
import type { Failure, PageErrorCode } from "./contract.ts";

/** An error of the page itself. */
export class PageError extends Error {
  constructor(
    readonly code: PageErrorCode,
    message: string,
  ) {
    super(message);
    this.name = "PageError";
  }
}

const isEngineError = (error: Error): error is ScanPrecheckError => error.name === "ScanPrecheckError";

export function toFailure(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return { code: "worker-failed", message: String(thrown) };
  if (thrown instanceof PageError) return { code: thrown.code, message: thrown.message };
  if (isEngineError(thrown)) {
    return {
      code: thrown.code,
      message: thrown.message,
      ...(thrown.field !== undefined && { field: thrown.field }),
      ...(thrown.position !== undefined && { position: { ...thrown.position } }),
    };
  }
  const code: ErrorCode | PageErrorCode =
    thrown instanceof WebAssembly.RuntimeError
      ? "crashed"
      : thrown.name === "NotReadableError" || thrown.name === "NotFoundError"
        ? "file-unreadable"
        : thrown.name === "AbortError"
          ? "aborted"
          : "worker-failed";
  return { code, message: thrown.message };
}

/** After these the worker is replaced: what it holds can no longer be relied upon. */
export const isFatal = (failure: Failure): boolean =>
  failure.code === "crashed" || failure.code === "worker-failed" || failure.code === "no-answer";
