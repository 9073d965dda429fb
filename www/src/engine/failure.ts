/** Turns whatever was thrown into plain data for the page to show. */

import type { WorkerError } from "scan-precheck/worker";
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

const isOfTheEngine = (error: Error): error is WorkerError => error.name === "ScanPrecheckError";

export function toFailure(thrown: unknown): Failure {
  if (!(thrown instanceof Error)) return { code: "worker-failed", message: String(thrown) };
  if (thrown instanceof PageError) return { code: thrown.code, message: thrown.message };
  if (!isOfTheEngine(thrown)) return { code: "worker-failed", message: thrown.message };
  return {
    code: thrown.code,
    message: thrown.message,
    ...(thrown.field !== undefined && { field: thrown.field }),
    ...(thrown.position !== undefined && { position: { ...thrown.position } }),
  };
}

/** After these the worker was replaced: what it held is gone. */
export const isFatal = (failure: Failure): boolean =>
  failure.code === "crashed" || failure.code === "worker-failed" || failure.code === "no-answer";
