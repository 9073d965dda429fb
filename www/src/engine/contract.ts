/** What the page loads, how, and what can go wrong with it: plain data. */

import type { ErrorCode, ScanPrecheckError } from "scan-precheck";
import type { WorkerErrorCode } from "scan-precheck/worker";

/** Where the bytes of an inventory are. */
export type Origin =
  | { readonly kind: "files"; readonly files: readonly File[] }
  | { readonly kind: "sample"; readonly url: string };

export interface LoadSettings {
  /** Milliseconds since 1970, or `null` where the user gave no start of the billing cycle. */
  readonly cycleStart: number | null;
}

/** Codes of the page's own errors, beside those of the package and of its worker. */
export type PageErrorCode =
  /** The sample could not be fetched. */
  | "sample-unavailable"
  /** The browser could not read the file, such as one that changed after it was chosen. */
  | "file-unreadable"
  /** Nothing is loaded. */
  | "no-inventory";

/** An error as plain data. */
export interface Failure {
  readonly code: ErrorCode | WorkerErrorCode | PageErrorCode;
  readonly message: string;
  readonly field?: string;
  readonly position?: NonNullable<ScanPrecheckError["position"]>;
}
