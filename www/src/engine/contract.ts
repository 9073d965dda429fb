/**
 * What the page and its worker say to each other. Every request has an id; every reply names the
 * request it belongs to. All of it is plain data that survives structured cloning; a `File` goes over
 * by reference and is read in the worker only.
 */

import type {
  ErrorCode,
  Estimate,
  EstimateOptions,
  Filter,
  LoadProgress,
  LoadReport,
  ScanPrecheckError,
  Suggestions,
  SuggestOptions,
} from "scan-precheck";

/** Where the bytes of an inventory are. */
export type Origin =
  | { readonly kind: "files"; readonly files: readonly File[] }
  | { readonly kind: "sample"; readonly url: string };

export interface LoadSettings {
  /** Milliseconds since 1970, or `null` where the user gave no start of the billing cycle. */
  readonly cycleStart: number | null;
}

export type Request = { readonly id: number } & (
  | { readonly kind: "load"; readonly origin: Origin; readonly settings: LoadSettings }
  | { readonly kind: "cancel"; readonly load: number }
  | { readonly kind: "ping" }
  | { readonly kind: "estimate"; readonly filter: Filter; readonly options: EstimateOptions }
  | { readonly kind: "suggest"; readonly filter: Filter; readonly asked: readonly SuggestOptions[] }
);

/** What each kind of request is answered with. */
export interface Answers {
  readonly load: LoadReport;
  readonly cancel: null;
  readonly ping: null;
  readonly estimate: Estimate;
  readonly suggest: readonly Suggestions[];
}

/** Codes of the page's own errors, beside those of the package. */
export type PageErrorCode =
  /** The worker did not answer within the deadline. */
  | "no-answer"
  /** The worker could not be started, or died of an error. */
  | "worker-failed"
  /** The sample could not be fetched. */
  | "sample-unavailable"
  /** The browser could not read the file, such as one that changed after it was chosen. */
  | "file-unreadable"
  /** Nothing is loaded. */
  | "no-inventory";

/** An error as plain data. */
export interface Failure {
  readonly code: ErrorCode | PageErrorCode;
  readonly message: string;
  readonly field?: string;
  readonly position?: NonNullable<ScanPrecheckError["position"]>;
}

export type Reply =
  | { readonly kind: "progress"; readonly id: number; readonly progress: LoadProgress }
  | { readonly kind: "answer"; readonly id: number; readonly answer: Answers[keyof Answers] }
  | { readonly kind: "failure"; readonly id: number; readonly failure: Failure }
  /** Something failed outside of every request: the worker can no longer be trusted. */
  | { readonly kind: "broken"; readonly failure: Failure };
