/**
 * Loading: feeds sources into the module piece by piece, tells how far it has come, and can be stopped.
 */
import { cancelLoad, endSource, finishLoad, pushBytes, startLoad } from "../pkg/scan_precheck.js";
import { call, callOn, thing, withSecond } from "./engine.js";
import { scanPrecheckError } from "./errors.js";
import { splitOptions } from "./options.js";
import { sizeOfAll, sourcesOf } from "./sources.js";

/** Milliseconds between two reports of progress, and between two pauses for the rest of the page. */
const INTERVAL = 50;

const NOTHING = new Uint8Array(0);

/**
 * Reads a source into a new inventory of the module.
 *
 * @returns {Promise<number>} The inventory's number.
 */
export async function feed(source, options) {
  const { onProgress, signal, rest } = splitOptions(options);
  const sources = sourcesOf(source);
  const totalBytes = sizeOfAll(sources);
  const load = thing(call(startLoad, rest, totalBytes));
  // Stops the sources, whyever the load ends: a stream that is not told to goes on downloading.
  const stop = new AbortController();
  const onAbort = () => stop.abort(abortError(signal));
  signal?.addEventListener("abort", onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    await unlessStopped(stop.signal, () =>
      readAll(sources, load, new Progress(onProgress, totalBytes), stop.signal),
    );
    return callOn(finishLoad, load);
  } catch (error) {
    giveUp(load);
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    stop.abort();
  }
}

/** Waits for work until it is stopped: what it waits for may never come. */
function unlessStopped(stop, work) {
  return new Promise((resolve, reject) => {
    if (stop.aborted) throw stop.reason;
    stop.addEventListener("abort", () => reject(stop.reason), { once: true });
    work().then(resolve, reject);
  });
}

async function readAll(sources, load, progress, stop) {
  // The load is gone once it was stopped, and a source may go on giving.
  const take = (piece, bytes = piece.byteLength) => {
    stop.throwIfAborted();
    try {
      progress.advance(bytes, callOn(pushBytes, load, piece));
    } catch (error) {
      // The module has kept the piece.
      return whole(error, bytes, () => callOn(pushBytes, load, NOTHING));
    }
    return progress.pauseIfDue();
  };
  /** Goes on with what only the module's second part can read, once that is there; any other error stays one. */
  const whole = async (error, bytes, again) => {
    if (error.code !== "readers-missing") throw error;
    await withSecond();
    stop.throwIfAborted();
    progress.advance(bytes, again());
  };
  for (const source of sources) {
    await source.read(take, stop);
    stop.throwIfAborted();
    try {
      progress.advance(0, callOn(endSource, load));
    } catch (error) {
      await whole(error, 0, () => callOn(endSource, load));
    }
  }
  progress.report();
  stop.throwIfAborted();
}

function giveUp(load) {
  try {
    callOn(cancelLoad, load);
  } catch {
    // The module has crashed, and the load is gone with it.
  }
}

class Progress {
  #onProgress;
  #bytes = 0;
  #rows = 0;
  #totalBytes;
  #paused = performance.now();

  constructor(onProgress, totalBytes) {
    this.#onProgress = onProgress;
    this.#totalBytes = totalBytes;
  }

  advance(bytes, rows) {
    this.#bytes += bytes;
    this.#rows = rows;
  }

  report() {
    this.#onProgress?.({ bytes: this.#bytes, totalBytes: this.#totalBytes, rows: this.#rows });
  }

  /** Lets the page draw and an abort arrive, where there was no chance for long; nothing where there was. */
  pauseIfDue() {
    return performance.now() - this.#paused < INTERVAL ? undefined : this.#pause();
  }

  async #pause() {
    this.report();
    await nextTask();
    this.#paused = performance.now();
  }
}

/** Waits until what else has to be done was done. Of timers, browsers make those wait that follow each other. */
function nextTask() {
  if (typeof setImmediate === "function") return new Promise((resolve) => setImmediate(resolve));
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(undefined);
  });
}

function abortError(signal) {
  return scanPrecheckError("aborted", "the load was stopped", { cause: signal.reason });
}
