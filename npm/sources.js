/**
 * Sources: whatever holds an export → its bytes in pieces. The whole is never one buffer of ours.
 */
import { isScanPrecheckError, messageOf, scanPrecheckError } from "./errors.js";
import { tagOf } from "./tag.js";

/** Bytes of a piece: large enough to be cheap, small enough that a page stays alive between two. */
const PIECE = 1 << 20;

/** Rows that are written as JSON at once. */
const ROWS_AT_ONCE = 1000;

/** Rows of one inventory at most; the module has the same limit. */
const MAX_ROWS = 2 ** 31 - 1;

/**
 * The sources in what a caller gives: one, several, or an array of row objects as one. Each gives its
 * pieces, and gives up what it reads from when the signal says so.
 *
 * @returns {{ pieces: (stop: AbortSignal) => AsyncGenerator<Uint8Array>, size?: number }[]}
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

function sourceOf(value, name) {
  if (typeof value === "string") return { pieces: () => textPieces(value, name) };
  if (isBuffer(value)) return sourceOf(new Uint8Array(value), name);
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return { pieces: () => cut([bytes], name), size: bytes.byteLength };
  }
  if (typeof Blob === "function" && value instanceof Blob) {
    return { pieces: (stop) => cut(read(value.stream(), stop), name), size: value.size };
  }
  if (typeof Response === "function" && value instanceof Response)
    return { pieces: (stop) => responsePieces(value, name, stop) };
  if (typeof value?.getReader === "function") return { pieces: (stop) => cut(read(value, stop), name) };
  if (typeof value?.[Symbol.asyncIterator] === "function") {
    return { pieces: (stop) => cut(iterate(value, stop), name) };
  }
  throw scanPrecheckError(
    "wrong-type",
    `${name} must be a File, Blob, Response, stream, buffer, text or array of row objects, but it is ${kindOf(value)}`,
  );
}

function kindOf(value) {
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? "another object" : `a ${typeof value}`;
}

/** Cuts chunks into pieces; what a source throws becomes an error of ours. */
async function* cut(chunks, name) {
  try {
    for await (const chunk of chunks) {
      if (!ArrayBuffer.isView(chunk)) {
        throw scanPrecheckError("wrong-type", `${name} must give bytes, but it gives ${kindOf(chunk)}`);
      }
      const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      for (let at = 0; at < bytes.byteLength; at += PIECE) yield bytes.subarray(at, at + PIECE);
    }
  } catch (error) {
    if (isScanPrecheckError(error)) throw error;
    throw scanPrecheckError("unreadable", `${name} could not be read to its end: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/**
 * The chunks of a stream; not every browser's can be iterated. Each is asked for while the one before it is being
 * read, so that nobody waits for the disk.
 */
async function* read(stream, stop) {
  const reader = stream.getReader();
  onStop(stop, () => reader.cancel(stop.reason));
  let next = reader.read();
  while (true) {
    const { done, value } = await next;
    if (done) return;
    next = reader.read();
    // Where the load ends before the next chunk is wanted, nobody hears that it could not be read.
    next.catch(() => {});
    yield value;
  }
}

/** The chunks of anything else that can be iterated, such as a stream of Node. */
async function* iterate(source, stop) {
  const iterator = source[Symbol.asyncIterator]();
  // A generator that waits hears of its end only when it has what it waits for; a stream can be broken off.
  onStop(stop, () => (typeof source.destroy === "function" ? source.destroy() : iterator.return?.()));
  while (true) {
    const { done, value } = await iterator.next();
    if (done) return;
    yield value;
  }
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

async function* responsePieces(response, name, stop) {
  if (!response.ok) {
    throw scanPrecheckError(
      "unreadable",
      `${name} could not be fetched: the server answered ${response.status}`,
    );
  }
  if (response.bodyUsed) throw scanPrecheckError("unreadable", `${name} is a response that was read already`);
  if (response.body !== null) yield* cut(read(response.body, stop), name);
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
