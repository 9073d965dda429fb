/**
 * Sources that are compressed with gzip → what they hold, unpacked by the platform piece by piece. What a source is
 * says its signature, never its name.
 */
import { isScanPrecheckError, messageOf, scanPrecheckError } from "./errors.js";

const SIGNATURE = [0x1f, 0x8b];

/** The signature, and the one method of compression that there is. */
const MEMBER = [...SIGNATURE, 0x08];

/**
 * Compressed bytes that the platform gets at once. It may unpack all of them before anyone takes what comes of them,
 * which is a thousand times as much where somebody means harm: 16 MB.
 */
const AT_ONCE = 16 * 1024;

/**
 * Reads a source by `read`; what is compressed is unpacked on its way to `take`, which is told how many bytes of the
 * source each piece stands for.
 *
 * @param {string} name
 * @param {(take: import("./sources.js").Take, stop: AbortSignal) => Promise<void>} read
 * @param {import("./sources.js").Take} take
 * @param {AbortSignal} stop
 */
export async function readUnpacked(name, read, take, stop) {
  // A platform without the means leaves it to the module to say what to do.
  if (typeof DecompressionStream !== "function") return read(take, stop);
  let head = new Uint8Array();
  /** @type {((piece: Uint8Array) => Promise<void> | undefined) | undefined} */
  let next;
  let unpacker;
  await read((piece) => {
    if (next !== undefined) return next(piece);
    head = joined(head, piece);
    if (head.length < SIGNATURE.length) {
      // A copy: whose memory it is may write over it.
      head = head.slice();
      return undefined;
    }
    if (startsWith(head, SIGNATURE)) {
      unpacker = new Unpacker(name, take, stop);
      next = (piece) => unpacker.write(piece);
    } else {
      next = take;
    }
    return next(head);
  }, stop);
  if (unpacker !== undefined) return unpacker.end();
  if (next === undefined && head.length > 0) await take(head);
}

/** Unpacks pieces; whatever fails, fails at the piece that is being written, or at the end. */
class Unpacker {
  #name;
  #take;
  #writer;
  #reader;
  #unpacking;
  /** Bytes of the source that `take` has not been told of. */
  #read = 0;
  #unpacked = 0;
  /** Compressed bytes that are to be written, and how many. */
  #part = new Uint8Array(AT_ONCE);
  #filled = 0;
  /** The compressed bytes that were written last. */
  #last = new Uint8Array();

  constructor(name, take, stop) {
    this.#name = name;
    this.#take = take;
    const { readable, writable } = new DecompressionStream("gzip");
    this.#writer = writable.getWriter();
    this.#reader = readable.getReader();
    this.#unpacking = this.#takeAll();
    // It is waited for where what is written fails, and at the end: until then nobody hears of it.
    this.#unpacking.catch((error) => this.#giveUp(error));
    stop.addEventListener("abort", () => this.#giveUp(stop.reason), { once: true });
  }

  async write(piece) {
    for (let at = 0; at < piece.byteLength; ) {
      // A copy: the platform takes no shared memory, and whose memory it is may write over it.
      const bytes = piece.subarray(at, at + AT_ONCE - this.#filled);
      this.#part.set(bytes, this.#filled);
      this.#filled += bytes.byteLength;
      at += bytes.byteLength;
      if (this.#filled === AT_ONCE) await this.#writePart();
    }
  }

  async #writePart() {
    const part = this.#part.subarray(0, this.#filled);
    this.#part = new Uint8Array(AT_ONCE);
    this.#filled = 0;
    this.#last = joined(this.#last.subarray(-AT_ONCE), part);
    this.#read += part.byteLength;
    await this.#step(() => this.#writer.write(part));
  }

  async end() {
    await this.#writePart();
    await this.#step(() => this.#writer.close());
    await this.#step(() => this.#unpacking);
    // Platforms differ in what they make of bytes behind the end: the last ones must say how much was unpacked.
    const length = this.#last.subarray(-4).reduceRight((sum, byte) => sum * 256 + byte, 0);
    if (length !== this.#unpacked % 2 ** 32) throw this.#goesOn();
    await this.#take(new Uint8Array(), this.#read);
  }

  async #takeAll() {
    for (;;) {
      const { done, value } = await this.#reader.read();
      if (done) return;
      this.#unpacked += value.byteLength;
      const read = this.#read;
      this.#read = 0;
      await this.#take(value, read);
    }
  }

  async #step(step) {
    try {
      await step();
    } catch (thrown) {
      // What is written fails as well where what it was unpacked to cannot be taken: that is the cause.
      const error = await this.#unpacking.then(
        () => thrown,
        (cause) => cause,
      );
      throw isScanPrecheckError(error) ? error : this.#damaged(error);
    }
  }

  #damaged(cause) {
    if (holdsMember(this.#last)) return this.#goesOn(cause);
    const message = `${this.#name} is compressed with gzip, and damaged or cut off: ${messageOf(cause)}; get it again`;
    return scanPrecheckError("damaged-file", message, { cause });
  }

  #goesOn(cause) {
    const message = `${this.#name} is compressed with gzip and goes on behind the end of that, as several gzip files do that were put into one; unpack it first, or give them one by one`;
    return scanPrecheckError("damaged-file", message, { cause });
  }

  #giveUp(error) {
    // They are of no use any more, and say so once more.
    this.#writer.abort(error).catch(() => {});
    this.#reader.cancel(error).catch(() => {});
  }
}

function startsWith(bytes, start) {
  return start.every((byte, at) => bytes[at] === byte);
}

/** Whether a gzip file seems to begin somewhere in these bytes, behind the first. */
function holdsMember(bytes) {
  for (let at = bytes.indexOf(MEMBER[0], 1); at !== -1; at = bytes.indexOf(MEMBER[0], at + 1)) {
    if (startsWith(bytes.subarray(at, at + MEMBER.length), MEMBER)) return true;
  }
  return false;
}

function joined(one, other) {
  if (one.length === 0) return other;
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
