/**
 * The face of the package off the main thread: the same questions, answered with promises by a worker.
 *
 * A worker that crashes, dies or falls silent is replaced: every question that is pending is rejected, and the next one
 * gets a new worker, which loads again what it is about. What was read from a stream or a response cannot be loaded
 * again: then that is said.
 *
 * @module scan-precheck/worker
 */
import type * as face from "./index.js";

/** Options of {@link createEngine}. */
export interface EngineOptions {
  /**
   * Starts the worker. Default: a module worker of this package's own script, `scan-precheck/worker-script`. To be given
   * where the page has a Trusted Types policy for the address, or the script lies elsewhere.
   */
  readonly start?: (() => Worker) | undefined;
  /** What `init` of the package is given in the worker, such as where the `.wasm` files are; no streams. */
  readonly init?: face.InitOptions | undefined;
  /** Milliseconds after which a question counts as never answered, and the worker as lost. Default: 10,000. Loads have none. */
  readonly deadline?: number | undefined;
  /** Told each time that a worker is lost, and why. */
  readonly onLost?: ((error: WorkerError) => void) | undefined;
}

/** Codes of errors that come of the worker, beside those of the package. */
export type WorkerErrorCode =
  /** The worker did not answer within the deadline. */
  | "no-answer"
  /** The worker could not be started, or failed outside of the package. */
  | "worker-failed";

/** Every error is an `Error` of this form. */
export interface WorkerError extends Omit<face.ScanPrecheckError, "code"> {
  /** What went wrong, in a word that never changes. */
  readonly code: face.ErrorCode | WorkerErrorCode;
}

/** How one question is asked. */
export interface CallOptions {
  /** Milliseconds after which it counts as never answered, and the worker as lost. */
  readonly deadline?: number | undefined;
  /** Gives the question up: it is rejected with code `"aborted"`. */
  readonly signal?: AbortSignal | undefined;
}

/** An inventory that a worker holds. */
export class RemoteInventory {
  private constructor();
  /** How many images it holds. */
  readonly images: number;
  /** What was read and what was left out. */
  readonly report: face.LoadReport;
  /** Saves the inventory as bytes to keep; see {@link face.Inventory.save}. */
  save(): Promise<Uint8Array<ArrayBuffer>>;
  /** Goes over to another charge model without a load; see {@link face.Inventory.setChargeModel}. */
  setChargeModel(document: face.ChargeModelDocument, options?: face.CycleOptions): Promise<void>;
  /** The same with a rule; without one, it goes back to the built-in model. */
  setChargeModel(rule?: face.ChargeModel, options?: face.CycleOptions): Promise<void>;
  /** Gives its memory back. Any later use is refused with code `"disposed"`; disposing twice is harmless. */
  free(): void;
  /** Does the same as {@link RemoteInventory.free}, at the end of a block with `using`. */
  [Symbol.dispose](): void;
}

/** What can be asked: as the functions of the package, with promises. */
export interface Questions {
  /** Whether policies allow a call; see {@link face.authorize}. The worker loads the part of the module that it takes. */
  authorize(policies: face.OneOrMore<face.Policy>, request: face.AccessRequest): Promise<face.Authorization>;
  /** A filter under a charge model as SQL; see {@link face.toSql}. The worker loads the part of the module that it takes. */
  toSql(filter: face.Filter | undefined, options: face.SqlOptions): Promise<face.SqlStatement>;
  /** The operation's own reply; see {@link face.precheck}. */
  precheck(inventory: RemoteInventory, filter?: face.Filter): Promise<face.PrecheckReply>;
  /** What a scan covers and consumes, part by part; see {@link face.estimate}. */
  estimate(
    inventory: RemoteInventory,
    filter?: face.Filter,
    options?: face.EstimateOptions,
  ): Promise<face.Estimate>;
  /** What a scan comes to in exact units; see {@link face.bill}. */
  bill(inventory: RemoteInventory, filter?: face.Filter, options?: face.BillOptions): Promise<face.Bill>;
  /** The values of a field; see {@link face.facets}. */
  facets(
    inventory: RemoteInventory,
    filter: face.Filter | undefined,
    options: face.FacetOptions,
  ): Promise<face.Facets>;
  /** Values that a field could take; see {@link face.suggest}. */
  suggest(
    inventory: RemoteInventory,
    filter: face.Filter | undefined,
    options: face.SuggestOptions,
  ): Promise<face.Suggestions>;
  /** What to scan within the remaining quota; see {@link face.plan}. */
  plan(
    inventory: RemoteInventory,
    filter: face.Filter | undefined,
    options: face.PlanOptions,
  ): Promise<face.Plan>;
  /** Why the service says other numbers; see {@link face.reconcile}. */
  reconcile(
    inventory: RemoteInventory,
    filter: face.Filter | undefined,
    reply: face.ServiceReply,
  ): Promise<face.Reconciliation>;
  /** What each image consumes and why; see {@link face.explain}. */
  explain(
    inventory: RemoteInventory,
    filter?: face.Filter,
    options?: face.ExplainOptions,
  ): Promise<face.Explained>;
  /** Two inventories compared in units of quota; see {@link face.diff}. */
  diff(
    before: RemoteInventory,
    after: RemoteInventory,
    filter?: face.Filter,
    options?: face.DiffOptions,
  ): Promise<face.Diff>;
  /** How many new digests fit, and until when; see {@link face.margin}. `earlier` is an inventory of this engine. */
  margin(
    inventory: RemoteInventory,
    filter: face.Filter | undefined,
    options: Omit<face.MarginOptions, "earlier"> & { readonly earlier?: RemoteInventory | null | undefined },
  ): Promise<face.Margin>;
}

/** A worker, and what can be asked of it. */
export interface Engine extends Questions {
  /** Reads an inventory; see {@link face.Inventory.load}. Files and blobs are read in the worker, streams are handed over piece by piece. */
  load(source: face.InventorySource, options?: face.LoadOptions): Promise<RemoteInventory>;
  /** Restores what {@link RemoteInventory.save} gave; see {@link face.Inventory.restore}. */
  restore(snapshot: ArrayBuffer | ArrayBufferView, options?: face.RestoreOptions): Promise<RemoteInventory>;
  /** The same questions, with a deadline and a signal of their own. */
  within(call: CallOptions): Questions;
  /** Ends the worker. Whatever is pending or asked later is rejected with code `"disposed"`. */
  terminate(): void;
}

/** Makes an engine: it starts its worker when it is first asked something. */
export function createEngine(options?: EngineOptions): Engine;

/** Of a quick sequence of questions, only the latest; see {@link latestOnly}. */
export interface Latest<Question> {
  /** Asks, in the place of what waits. */
  ask(question: Question): void;
  /** Forgets what waits and whatever is still to come. */
  forget(): void;
}

/**
 * Keeps only the latest of a quick sequence of questions, such as one at each keystroke: one is in flight, one waits, and
 * an answer or an error is told only while nothing newer was asked.
 */
export function latestOnly<Question, Answer>(
  run: (question: Question) => Promise<Answer>,
  deliver: (answer: Answer, question: Question) => void,
  fail: (error: unknown, question: Question) => void,
): Latest<Question>;
