/**
 * Sources: whatever holds an export → its bytes in pieces. The whole is never one buffer of ours.
 */
import { isScanPrecheckError, messageOf, scanPrecheckError } from "./errors.js";
import { readUnpacked } from "./gzip.js";
import { tagOf } from "./tag.js";

/** Bytes of a piece: large enough to be cheap, small enough that a page stays alive between two. */
const PIECE = 1 << 20;

/** Bytes of a part of a blob: few enough to be in the processor's cache still when they are read. */
const BLOB_PART = PIECE / 2;

/** Parts of a blob that are asked for at a time: each takes several turns of the event loop. */
const BLOB_PARTS = 16;

/** Rows that are written as JSON at once. */
const ROWS_AT_ONCE = 1000;

/** Rows of one inventory at most; the module has the same limit. */
const MAX_ROWS = 2 ** 31 - 1;

/**
 * The sources in what a caller gives: one, several, or an array of row objects as one. Each hands its pieces to
 * `take`, which may give something to wait for before the next one, and gives up what it reads from when the signal
 * says so. A piece stands for as many bytes of the source as it has, unless another number is told.
 *
 * @typedef {(piece: Uint8Array, bytes?: number) => Promise<void> | undefined} Take
 * @returns {{ read: (take: Take, stop: AbortSignal) => Promise<void>, size?: number }[]}
 */
export function sourcesOf(given) {
  try {
    return sourcesIn(given);
  } catch (error) {
    if (isScanPrecheckError(error)) throw error;
    throw scanPrecheckError("unreadable", `the source could not be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function sourcesIn(given) {
  if (!Array.isArray(given)) return [unpacked(given, "the source")];
  if (given.length > 0 && isBytes(given[0])) {
    return given.map((source, index) => unpacked(source, `source ${index}`));
  }
  return [{ read: (take) => readPieces(rowPieces(given), take) }];
}

/** Bytes of all sources, where each knows its own. */
export function sizeOfAll(sources) {
  return sources.every(({ size }) => size !== undefined)
    ? sources.reduce((sum, { size }) => sum + size, 0)
    : undefined;
}

function isBytes(value) {
  return (
    typeof value === "string" ||
    isBuffer(value) ||
    ArrayBuffer.isView(value) ||
    (typeof Blob === "function" && value instanceof Blob) ||
    (typeof Response === "function" && value instanceof Response) ||
    typeof value?.getReader === "function" ||
    typeof value?.[Symbol.asyncIterator] === "function"
  );
}

function isBuffer(value) {
  return tagOf(value) === "ArrayBuffer" || tagOf(value) === "SharedArrayBuffer";
}

/** A source that is unpacked as it is read, where it is compressed. */
function unpacked(value, name) {
  const { read, size } = sourceOf(value, name);
  return { read: (take, stop) => readUnpacked(name, read, take, stop), size };
}

function sourceOf(value, name) {
  if (typeof value === "string") return { read: (take) => readPieces(textPieces(value, name), take) };
  if (isBuffer(value)) return sourceOf(new Uint8Array(value), name);
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return { read: (take) => readPieces(cut(bytes), take), size: bytes.byteLength };
  }
  if (typeof Blob === "function" && value instanceof Blob) {
    return { read: (take) => readBlob(value, name, take), size: value.size };
  }
  if (typeof Response === "function" && value instanceof Response)
    return { read: (take, stop) => readResponse(value, name, take, stop) };
  if (typeof value?.getReader === "function")
    return { read: (take, stop) => readStream(() => value, name, take, stop) };
  if (typeof value?.[Symbol.asyncIterator] === "function")
    return { read: (take, stop) => readIterable(value, name, take, stop) };
  throw scanPrecheckError(
    "wrong-type",
    `${name} must be a File, Blob, Response, stream, buffer, text or array of row objects, but it is ${kindOf(value)}`,
  );
}

function kindOf(value) {
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? "another object" : `a ${typeof value}`;
}

async function readPieces(pieces, take) {
  for (const piece of pieces) {
    const pause = take(piece);
    if (pause !== undefined) await pause;
  }
}

function* cut(bytes) {
  for (let at = 0; at < bytes.byteLength; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/**
 * Reads a blob by several parts at a time: a stream of it gives one small piece after the other, and to wait for each
 * takes as long as to read it.
 */
function readBlob(blob, name, take) {
  let at = 0;
  const next = async () => {
    if (at >= blob.size) return { done: true };
    const part = blob.slice(at, at + BLOB_PART);
    at += BLOB_PART;
    return { done: false, value: new Uint8Array(await part.arrayBuffer()) };
  };
  return readAhead(next, BLOB_PARTS, name, take);
}

/** Reads a stream; not every browser's can be iterated. */
async function readStream(open, name, take, stop) {
  const reader = readable(name, () => open().getReader());
  onStop(stop, () => reader.cancel(stop.reason));
  await readAhead(() => reader.read(), 1, name, take);
}

/** Asks for so many chunks while one is being taken, so that nobody waits for the disk. */
async function readAhead(next, ahead, name, take) {
  const coming = [];
  const ask = () => {
    const chunk = chunkOf(name, next);
    // Where the load ends before the chunk is wanted, nobody hears that it could not be read.
    chunk.catch(() => {});
    coming.push(chunk);
  };
  for (let asked = 0; asked < ahead; asked += 1) ask();
  while (true) {
    const chunk = await coming.shift();
    if (chunk === undefined) return;
    ask();
    await readPieces(cut(chunk), take);
  }
}

/** Reads anything else that can be iterated, such as a stream of Node. */
async function readIterable(source, name, take, stop) {
  const iterator = readable(name, () => source[Symbol.asyncIterator]());
  // A generator that waits hears of its end only when it has what it waits for; a stream can be broken off.
  onStop(stop, () => (typeof source.destroy === "function" ? source.destroy() : iterator.return?.()));
  while (true) {
    const chunk = await chunkOf(name, () => iterator.next());
    if (chunk === undefined) return;
    await readPieces(cut(chunk), take);
  }
}

/** The bytes that come next; nothing at the end. */
async function chunkOf(name, ask) {
  try {
    const { done, value } = await ask();
    if (done) return undefined;
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    throw scanPrecheckError("wrong-type", `${name} must give bytes, but it gives ${kindOf(value)}`);
  } catch (error) {
    throw unreadable(name, error);
  }
}

function readable(name, make) {
  try {
    return make();
  } catch (error) {
    throw unreadable(name, error);
  }
}

/** What a source throws, as an error of ours. */
function unreadable(name, error) {
  if (isScanPrecheckError(error)) return error;
  const message = `${name} could not be read to its end: ${messageOf(error)}`;
  return scanPrecheckError("unreadable", message, { cause: error });
}

/** Runs `cancel` when the load ends. Whatever it does then, it is too late for an error. */
function onStop(stop, cancel) {
  const quietly = async () => {
    try {
      await cancel();
    } catch {
      // The load has ended already.
    }
  };
  stop.addEventListener("abort", quietly, { once: true });
}

async function readResponse(response, name, take, stop) {
  if (!response.ok) {
    throw scanPrecheckError(
      "unreadable",
      `${name} could not be fetched: the server answered ${response.status}`,
    );
  }
  if (response.bodyUsed) throw scanPrecheckError("unreadable", `${name} is a response that was read already`);
  if (response.body !== null) await readStream(() => response.body, name, take, stop);
}

function* textPieces(text, name) {
  if (!text.isWellFormed()) {
    throw scanPrecheckError("invalid-text", `${name} holds half of a surrogate pair, which is no character`);
  }
  const encoder = new TextEncoder();
  for (let at = 0; at < text.length; ) {
    let end = at + PIECE;
    // A pair of surrogates is one character: it is not cut.
    if (text.charCodeAt(end - 1) >> 10 === 0xd800 >> 10) end += 1;
    yield encoder.encode(text.slice(at, end));
    at = end;
  }
}

/** Row objects as a JSON array with one row a line, so that a line's number is the row's. */
function* rowPieces(rows) {
  if (rows.length > MAX_ROWS) {
    throw scanPrecheckError(
      "too-large",
      `the array has ${rows.length} items, and an inventory at most ${MAX_ROWS} images`,
    );
  }
  const encoder = new TextEncoder();
  let text = "[";
  for (let index = 0; index < rows.length; index += 1) {
    text += (index === 0 ? "" : ",\n") + written(rows, index);
    if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) {
      yield encoder.encode(text);
      text = "";
    }
  }
  yield encoder.encode(`${text}]`);
}

function written(rows, index) {
  try {
    return JSON.stringify(rows[index]) ?? "null";
  } catch (error) {
    throw scanPrecheckError("unreadable", `row ${index + 1} could not be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
