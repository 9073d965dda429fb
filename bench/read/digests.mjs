/**
 * Digests → codes from 0: 64 hex digits are kept as 32 bytes, and compared as such.
 */
import { grown } from "./dictionary.mjs";

const NIBBLES = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit += 1) {
  NIBBLES[digit.toString(16).charCodeAt(0)] = digit;
  NIBBLES[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

export class Digests {
  size = 0;
  #words = new Uint32Array(1 << 12);
  #slots = new Int32Array(1 << 10).fill(-1);
  #probe = new Uint32Array(8);

  /** The code of 64 digits in bytes; adds them where they are new. */
  code(source, start) {
    for (let word = 0, at = start; word < 8; word += 1) {
      let value = 0;
      for (const end = at + 8; at < end; at += 1) value = (value << 4) | NIBBLES[source[at]];
      this.#probe[word] = value;
    }
    return this.#codeOfProbe(true);
  }

  codeOf(text) {
    this.#read(text);
    return this.#codeOfProbe(true);
  }

  /** The code of a digest, or -1. */
  find(text) {
    if (text.length !== 64) return -1;
    this.#read(text);
    return this.#codeOfProbe(false);
  }

  text(code) {
    const words = this.#words.subarray(8 * code, 8 * code + 8);
    return Array.from(words, (word) => word.toString(16).padStart(8, "0")).join("");
  }

  #read(text) {
    for (let word = 0, at = 0; word < 8; word += 1) {
      let value = 0;
      for (const end = at + 8; at < end; at += 1) value = (value << 4) | NIBBLES[text.charCodeAt(at)];
      this.#probe[word] = value;
    }
  }

  #codeOfProbe(add) {
    const probe = this.#probe;
    const words = this.#words;
    const mask = this.#slots.length - 1;
    let slot = (probe[0] ^ probe[1]) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const code = this.#slots[slot];
      if (code < 0) break;
      let word = 0;
      while (word < 8 && words[8 * code + word] === probe[word]) word += 1;
      if (word === 8) return code;
    }
    if (!add) return -1;
    const code = this.size;
    this.size += 1;
    if (8 * this.size > words.length) this.#words = grown(words, 8 * this.size);
    this.#words.set(probe, 8 * code);
    this.#slots[slot] = code;
    if (2 * this.size > this.#slots.length) this.#rehash();
    return code;
  }

  #rehash() {
    this.#slots = new Int32Array(2 * this.#slots.length).fill(-1);
    const mask = this.#slots.length - 1;
    for (let code = 0; code < this.size; code += 1) {
      let slot = (this.#words[8 * code] ^ this.#words[8 * code + 1]) & mask;
      while (this.#slots[slot] >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = code;
    }
  }
}
