/** What the page loads, how, and what can go wrong with it: plain data. */

import type { ErrorCode, RowDefaults, ScanPrecheckError } from "scan-precheck";
import type { WorkerErrorCode } from "scan-precheck/worker";

/** Where the bytes of an export are. */
export type ExportOrigin =
  | { readonly kind: "files"; readonly files: readonly File[] }
  | { readonly kind: "sample"; readonly url: string }
  | { readonly kind: "pasted"; readonly text: Blob };

/** Where an inventory comes from. */
export type Origin =
  | ExportOrigin
  /** Exports that were added to each other. */
  | { readonly kind: "several"; readonly parts: readonly ExportOrigin[] }
  /** An inventory that the user keeps in the browser. */
  | {
      readonly kind: "kept";
      readonly id: string;
      readonly name: string;
      /** As it was when the inventory was kept. */
      readonly cycleStart: number | null;
    };

export interface LoadSettings {
  /** Milliseconds since 1970, or `null` where the user gave no start of the billing cycle. */
  readonly cycleStart: number | null;
  /** Values for fields that the export lacks. */
  readonly defaults: RowDefaults;
}

/** Codes of the page's own errors, beside those of the package and of its worker. */
export type PageErrorCode =
  /** The sample could not be fetched. */
  | "sample-unavailable"
  /** The browser could not read the file, such as one that changed after it was chosen. */
  | "file-unreadable"
  /** An inventory that was kept is there no more. */
  | "kept-gone"
  /** The browser has no room to keep it. */
  | "storage-full"
  /** The browser keeps nothing for this page. */
  | "storage-unavailable"
  /** Nothing is loaded. */
  | "no-inventory";

/** An error as plain data. */
export interface Failure {
  readonly code: ErrorCode | WorkerErrorCode | PageErrorCode;
  readonly message: string;
  readonly field?: string;
  readonly position?: NonNullable<ScanPrecheckError["position"]>;
}
