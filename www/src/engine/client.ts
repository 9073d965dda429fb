/**
 * The page's side of the worker. Each request gets an id and a deadline. When the worker fails, falls
 * silent or cannot be understood, every pending request is rejected and the worker is replaced at the
 * next request; `onLost` tells the owner, who knows what to load again.
 */

import type { EstimateOptions, Filter, LoadProgress, SuggestOptions } from "scan-precheck";
import type { Answers, Failure, LoadSettings, Origin, Reply, Request } from "./contract.ts";
import { isFatal } from "./failure.ts";

/** A query takes milliseconds; one that takes this long will never be answered. */
const QUERY_DEADLINE_MS = 10_000;
/** A load may take as long as it must, but a worker that loads goes on talking. */
const SILENCE_DEADLINE_MS = 30_000;
const PING_INTERVAL_MS = 5_000;
/** A load that was cancelled and has not stopped by then is stopped with its worker. */
const CANCEL_DEADLINE_MS = 2_000;

export class EngineError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
    this.name = "EngineError";
  }
}

interface Pending {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: EngineError) => void;
  readonly onProgress: ((progress: LoadProgress) => void) | undefined;
  readonly deadline: ReturnType<typeof setTimeout> | undefined;
}

type Body<Kind extends Request["kind"]> = Omit<Extract<Request, { kind: Kind }>, "id" | "kind">;

export class EngineClient {
  #worker: Worker | undefined;
  #lastId = 0;
  readonly #pending = new Map<number, Pending>();
  readonly #start: () => Worker;
  readonly #onLost: (failure: Failure) => void;

  constructor(start: () => Worker, onLost: (failure: Failure) => void) {
    this.#start = start;
    this.#onLost = onLost;
  }

  /** Reads an inventory; the one loaded before stays until this one is complete. */
  async load(
    origin: Origin,
    settings: LoadSettings,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<Answers["load"]> {
    const { id, answer } = this.#send("load", { origin, settings }, undefined, onProgress);
    const watch = setInterval(() => {
      this.#send("ping", {}, SILENCE_DEADLINE_MS).answer.catch(() => {});
    }, PING_INTERVAL_MS);
    const cancel = () => {
      this.#send("cancel", { load: id }, CANCEL_DEADLINE_MS).answer.catch(() => {});
      setTimeout(() => this.#pending.has(id) && this.#lose(silence("load")), CANCEL_DEADLINE_MS);
    };
    signal.addEventListener("abort", cancel, { once: true });
    try {
      return await answer;
    } finally {
      clearInterval(watch);
      signal.removeEventListener("abort", cancel);
    }
  }

  estimate(filter: Filter, options: EstimateOptions): Promise<Answers["estimate"]> {
    return this.#send("estimate", { filter, options }, QUERY_DEADLINE_MS).answer;
  }

  /** Asks for the values of several fields in one go. */
  suggest(filter: Filter, asked: readonly SuggestOptions[]): Promise<Answers["suggest"]> {
    return this.#send("suggest", { filter, asked }, QUERY_DEADLINE_MS).answer;
  }

  #send<Kind extends Request["kind"]>(
    kind: Kind,
    body: Body<Kind>,
    deadlineMs: number | undefined,
    onProgress?: (progress: LoadProgress) => void,
  ): { id: number; answer: Promise<Answers[Kind]> } {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<Answers[Kind]>((resolve, reject) => {
      const deadline =
        deadlineMs === undefined ? undefined : setTimeout(() => this.#lose(silence(kind)), deadlineMs);
      this.#pending.set(id, { resolve, reject, onProgress, deadline });
      try {
        this.#alive().postMessage({ id, kind, ...body });
      } catch (error) {
        this.#lose({ code: "worker-failed", message: String(error) });
      }
    });
    return { id, answer };
  }

  #alive(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = this.#start();
    const lost = (message: string) => {
      // A worker that was replaced has nothing more to say.
      if (worker === this.#worker) this.#lose({ code: "worker-failed", message });
    };
    worker.addEventListener("message", (event: MessageEvent<Reply>) => {
      if (worker === this.#worker) this.#receive(event.data);
    });
    worker.addEventListener("messageerror", () => lost("an answer of the engine could not be read"));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      lost(event.message || "the engine could not be started");
    });
    this.#worker = worker;
    return worker;
  }

  #receive(reply: Reply): void {
    if (reply.kind === "broken") {
      this.#lose(reply.failure);
      return;
    }
    const pending = this.#pending.get(reply.id);
    if (pending === undefined) return;
    if (reply.kind === "progress") {
      pending.onProgress?.(reply.progress);
      return;
    }
    if (reply.kind === "failure" && isFatal(reply.failure)) {
      this.#lose(reply.failure);
      return;
    }
    this.#pending.delete(reply.id);
    clearTimeout(pending.deadline);
    if (reply.kind === "answer") pending.resolve(reply.answer as never);
    else pending.reject(new EngineError(reply.failure));
  }

  #lose(failure: Failure): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { deadline, reject } of pending) {
      clearTimeout(deadline);
      reject(new EngineError(failure));
    }
    this.#onLost(failure);
  }
}

const silence = (kind: string): Failure => ({
  code: "no-answer",
  message: `the engine did not answer to \`${kind}\` in time`,
});
