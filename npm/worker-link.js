/**
 * The page's side of a worker: each request has an id and, but for loads, a deadline. When the worker fails, falls
 * silent or cannot be understood, every pending request is rejected and the next one gets a new worker.
 */
import { errorOf, messageOf, scanPrecheckError } from "./errors.js";

/** Milliseconds after which a question will never be answered: it takes milliseconds. */
const DEADLINE = 10_000;

/** A load may take as long as it must, but a worker that loads goes on talking. */
const SILENCE = 30_000;
const PING_INTERVAL = 5_000;

/** A load that was cancelled and has not stopped by then is stopped with its worker. */
const CANCEL_DEADLINE = 2_000;

/** After these a worker is replaced: what it holds can no longer be relied upon. */
const FATAL = ["crashed", "worker-failed", "no-answer"];

const silence = (kind) =>
  errorOf({ code: "no-answer", message: `the worker did not answer to \`${kind}\` in time` });

export class Link {
  /** How many workers were lost: what stood in an earlier one is gone. */
  generation = 0;
  #start;
  #first;
  #deadline;
  #onLost;
  #worker;
  #lastId = 0;
  #pending = new Map();
  #ended = false;

  /** `first` is what each new worker is told before all else. */
  constructor({ start, first, deadline = DEADLINE, onLost }) {
    this.#start = start;
    this.#first = first;
    this.#deadline = deadline;
    this.#onLost = onLost;
  }

  /**
   * Asks something that takes no time worth speaking of.
   *
   * @param {string} kind
   * @param {object} body
   * @param {{ deadline?: number, signal?: AbortSignal }} [call]
   */
  ask(kind, body, { deadline = this.#deadline, signal } = {}) {
    const { id, answer } = this.#send(kind, body, { deadline });
    const abort = () => this.#settle(id)?.reject(aborted(signal));
    return this.#until(answer, signal, abort);
  }

  /**
   * Has something loaded, for as long as it takes. `more` is called when the worker wants more of a stream.
   *
   * @param {string} kind
   * @param {object} body
   * @param {{ onProgress?: Function, signal?: AbortSignal, more?: Function }} [call]
   */
  load(kind, body, { onProgress, signal, more } = {}) {
    const { id, answer } = this.#send(kind, body, {
      onProgress,
      more: (stream) => more(stream, (piece) => this.#post(id, { id, kind: "piece", stream, ...piece })),
    });
    const watch = setInterval(
      () => this.ask("ping", {}, { deadline: SILENCE }).catch(() => {}),
      PING_INTERVAL,
    );
    const abort = () => {
      this.ask("cancel", { load: id }, { deadline: CANCEL_DEADLINE }).catch(() => {});
      setTimeout(() => this.#pending.has(id) && this.#lose(silence("cancel")), CANCEL_DEADLINE);
    };
    return this.#until(answer, signal, abort).finally(() => clearInterval(watch));
  }

  /** Tells something that needs no answer, where the worker still is the one that is meant. */
  tell(kind, body, generation) {
    if (generation === this.generation && this.#worker !== undefined) this.#post(0, { id: 0, kind, ...body });
  }

  /** Ends the worker; whatever is pending is rejected, and nothing can be asked any more. */
  end() {
    this.#ended = true;
    this.#lose(scanPrecheckError("disposed", "the engine was ended"), false);
  }

  async #until(answer, signal, abort) {
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort, { once: true });
    try {
      return await answer;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  /**
   * @param {string} kind
   * @param {object} body
   * @param {{ deadline?: number, onProgress?: Function, more?: Function }} call
   */
  #send(kind, body, { deadline, onProgress, more }) {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise((resolve, reject) => {
      if (this.#ended) throw scanPrecheckError("disposed", "the engine was ended; make another one");
      const timer =
        deadline === undefined ? undefined : setTimeout(() => this.#lose(silence(kind)), deadline);
      this.#pending.set(id, { resolve, reject, onProgress, more, timer });
      this.#post(id, { id, kind, ...body });
    });
    return { id, answer };
  }

  #post(id, message) {
    let worker;
    try {
      worker = this.#alive();
    } catch (error) {
      this.#lose(
        errorOf({ code: "worker-failed", message: `the worker could not be started: ${messageOf(error)}` }),
      );
      return;
    }
    try {
      worker.postMessage(message);
    } catch (error) {
      // The worker is none the worse for it.
      const why = `what was given cannot be sent to a worker: ${messageOf(error)}`;
      this.#settle(id)?.reject(scanPrecheckError("wrong-type", why, { cause: error }));
    }
  }

  #alive() {
    if (this.#worker !== undefined) return this.#worker;
    const worker = this.#start();
    const lost = (message) => {
      // A worker that was replaced has nothing more to say.
      if (worker === this.#worker) this.#lose(errorOf({ code: "worker-failed", message }));
    };
    worker.addEventListener("message", ({ data }) => {
      if (worker === this.#worker) this.#receive(data);
    });
    worker.addEventListener("messageerror", () => lost("an answer of the worker could not be read"));
    worker.addEventListener("error", (event) => {
      event.preventDefault?.();
      lost(event.message || "the worker could not be started");
    });
    this.#worker = worker;
    worker.postMessage(this.#first);
    return worker;
  }

  #receive(reply) {
    if (reply?.kind === "broken") return this.#lose(errorOf(reply.failure));
    const pending = this.#pending.get(reply?.id);
    if (pending === undefined) return undefined;
    if (reply.kind === "progress") return pending.onProgress?.(reply.progress);
    if (reply.kind === "more") return pending.more?.(reply.stream);
    if (reply.kind === "failure" && FATAL.includes(reply.failure.code))
      return this.#lose(errorOf(reply.failure));
    this.#settle(reply.id);
    if (reply.kind === "answer") return pending.resolve(reply.answer);
    return pending.reject(errorOf(reply.failure));
  }

  /** Takes a request from those that are pending. */
  #settle(id) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    clearTimeout(pending?.timer);
    return pending;
  }

  #lose(error, tell = true) {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.generation += 1;
    for (const id of [...this.#pending.keys()]) this.#settle(id).reject(error);
    if (tell) this.#onLost?.(error);
  }
}

const aborted = (signal) =>
  scanPrecheckError("aborted", "the question was given up", { cause: signal.reason });
