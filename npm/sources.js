/**
 * Sources: whatever holds an export → its bytes in pieces. The whole is never one buffer of ours.
 */
import { messageOf, scanPrecheckError } from "./errors.js";

/** Bytes of a piece: large enough to be cheap, small enough that a page stays alive between two. */
const PIECE = 1 << 20;

/** Rows that are written as JSON at once. */
const ROWS_AT_ONCE = 1000;

/** Rows of one inventory at most; the module has the same limit. */
const MAX_ROWS = 2 ** 31 - 1;

/**
 * The sources in what a caller gives: one, several, or an array of row objects as one.
 *
 * @returns {{ pieces: () => AsyncGenerator<Uint8Array>, size?: number }[]}
 */
export function sourcesOf(given) {
  if (!Array.isArray(given)) return [sourceOf(given, "the source")];
  if (given.length > 0 && isBytes(given[0])) {
    return given.map((source, index) => sourceOf(source, `source ${index}`));
  }
  return [{ pieces: () => rowPieces(given) }];
}

/** Bytes of a source, where it knows. */
export function sizeOf(source) {
  return source.size;
}

function isBytes(value) {
  return (
    typeof value === "string" ||
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value) ||
    (typeof Blob === "function" && value instanceof Blob) ||
    (typeof Response === "function" && value instanceof Response) ||
    typeof value?.getReader === "function" ||
    typeof value?.[Symbol.asyncIterator] === "function"
  );
}

function sourceOf(value, name) {
  if (typeof value === "string") return { pieces: () => textPieces(value, name) };
  if (value instanceof ArrayBuffer) return sourceOf(new Uint8Array(value), name);
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return { pieces: () => cut([bytes], name), size: bytes.byteLength };
  }
  if (typeof Blob === "function" && value instanceof Blob) {
    return { pieces: () => cut(read(value.stream()), name), size: value.size };
  }
  if (typeof Response === "function" && value instanceof Response) return { pieces: () => responsePieces(value, name) };
  if (typeof value?.getReader === "function") return { pieces: () => cut(read(value), name) };
  if (typeof value?.[Symbol.asyncIterator] === "function") return { pieces: () => cut(value, name) };
  throw scanPrecheckError(
    "wrong-type",
    `${name} must be a File, Blob, Response, stream, buffer, text or array of row objects, but it is ${kindOf(value)}`,
  );
}

function kindOf(value) {
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? "another object" : `a ${typeof value}`;
}

/** Cuts chunks into pieces; what a stream throws becomes an error of ours. */
async function* cut(chunks, name) {
  const iterator = (chunks[Symbol.asyncIterator] ?? chunks[Symbol.iterator]).call(chunks);
  try {
    while (true) {
      const { done, value } = await next(iterator, name);
      if (done) return;
      if (!ArrayBuffer.isView(value)) {
        throw scanPrecheckError("wrong-type", `${name} must give bytes, but it gives ${kindOf(value)}`);
      }
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      for (let at = 0; at < bytes.byteLength; at += PIECE) yield bytes.subarray(at, at + PIECE);
    }
  } finally {
    await iterator.return?.();
  }
}

async function next(iterator, name) {
  try {
    return await iterator.next();
  } catch (error) {
    throw scanPrecheckError("unreadable", `${name} could not be read to its end: ${messageOf(error)}`, { cause: error });
  }
}

/** Not every browser's streams can be iterated. */
async function* read(stream) {
  const reader = stream.getReader();
  let ended = false;
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) {
        ended = true;
        return;
      }
      yield value;
    }
  } finally {
    if (!ended) reader.cancel().catch(() => {});
  }
}

async function* responsePieces(response, name) {
  if (!response.ok) {
    throw scanPrecheckError("unreadable", `${name} could not be fetched: the server answered ${response.status}`);
  }
  if (response.bodyUsed) throw scanPrecheckError("unreadable", `${name} is a response that was read already`);
  if (response.body !== null) yield* cut(read(response.body), name);
}

async function* textPieces(text, name) {
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
async function* rowPieces(rows) {
  if (rows.length > MAX_ROWS) {
    throw scanPrecheckError("too-large", `the array has ${rows.length} items, and an inventory at most ${MAX_ROWS} images`);
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
    throw scanPrecheckError("unreadable", `row ${index + 1} could not be read: ${messageOf(error)}`, { cause: error });
  }
}
