/**
 * Texts → codes from 0, in the order they are met. Found by the bytes of a CSV without making a text of each
 * cell, or by text.
 */
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Dictionary {
  /** Texts by code. */
  texts = [];
  #bytes = new Uint8Array(1 << 12);
  #ends = new Uint32Array(1 << 8);
  #hashes = new Uint32Array(1 << 8);
  #slots = new Int32Array(1 << 9).fill(-1);

  get size() {
    return this.texts.length;
  }

  /** The code of the bytes, whose hash is at hand; adds them where they are new. */
  code(source, start, end, hash) {
    const mask = this.#slots.length - 1;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const code = this.#slots[slot];
      if (code < 0) return this.#add(source, start, end, hash, slot);
      if (this.#hashes[code] === hash >>> 0 && this.#same(code, source, start, end)) return code;
    }
  }

  codeOf(text) {
    const bytes = encoder.encode(text);
    return this.code(bytes, 0, bytes.length, hashOf(bytes));
  }

  /** The code of a text, or -1. */
  find(text) {
    const bytes = encoder.encode(text);
    const hash = hashOf(bytes);
    const mask = this.#slots.length - 1;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const code = this.#slots[slot];
      if (code < 0) return -1;
      if (this.#hashes[code] === hash >>> 0 && this.#same(code, bytes, 0, bytes.length)) return code;
    }
  }

  #same(code, source, start, end) {
    const bytes = this.#bytes;
    let from = code === 0 ? 0 : this.#ends[code - 1];
    if (this.#ends[code] - from !== end - start) return false;
    for (let at = start; at < end; at += 1, from += 1) if (bytes[from] !== source[at]) return false;
    return true;
  }

  #add(source, start, end, hash, slot) {
    const code = this.texts.length;
    const from = code === 0 ? 0 : this.#ends[code - 1];
    const to = from + end - start;
    if (to > this.#bytes.length) this.#bytes = grown(this.#bytes, to);
    for (let at = start; at < end; at += 1) this.#bytes[from + at - start] = source[at];
    if (code === this.#ends.length) {
      this.#ends = grown(this.#ends, code + 1);
      this.#hashes = grown(this.#hashes, code + 1);
    }
    this.#ends[code] = to;
    this.#hashes[code] = hash;
    this.#slots[slot] = code;
    this.texts.push(decoder.decode(this.#bytes.subarray(from, to)));
    if (2 * code > this.#slots.length) this.#rehash();
    return code;
  }

  #rehash() {
    this.#slots = new Int32Array(2 * this.#slots.length).fill(-1);
    const mask = this.#slots.length - 1;
    for (let code = 0; code < this.texts.length; code += 1) {
      let slot = spread(this.#hashes[code]) & mask;
      while (this.#slots[slot] >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = code;
    }
  }
}

export const SEED = 0x811c9dc5;

/** FNV-1a over bytes, as a reader also computes it while it looks for a cell's end. */
function hashOf(bytes) {
  let hash = SEED;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 16777619);
  return hash;
}

const spread = (hash) => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 4;

/** The same numbers with room for at least `length`. */
export function grown(array, length) {
  const larger = new array.constructor(Math.max(length, 2 * array.length));
  larger.set(array);
  return larger;
}
