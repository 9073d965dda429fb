/**
 * Numbers and texts that look random and are the same on every machine.
 */

/** The generator sfc32: small, fast, passes PractRand. */
export function sfc32(seed) {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, seed | 0, 1];
  const next = () => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return t >>> 0;
  };
  for (let round = 0; round < 16; round += 1) next();
  const random = {
    /** From 0, below 1. */
    next: () => next() / 2 ** 32,
    /** A whole number from 0, below `n`. */
    below: (n) => Math.floor((next() / 2 ** 32) * n),
    pick: (list) => list[random.below(list.length)],
    chance: (share) => next() / 2 ** 32 < share,
  };
  return random;
}

/** A number's 32-bit hash; different numbers have different ones. */
export function mix(n) {
  let x = n | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

/** The same in 29 bits: numbers below 2^29 that differ stay different. */
export function mix29(n) {
  const mask = 0x1fffffff;
  let x = n & mask;
  x = Math.imul(x ^ (x >>> 15), 0x21f0aaad) & mask;
  x = Math.imul(x ^ (x >>> 14), 0x735a2d97) & mask;
  return x ^ (x >>> 15);
}

export const hex8 = (n) => (n >>> 0).toString(16).padStart(8, "0");

/** 64 hex digits that belong to a number, others for each number. */
export function hex64(n, seed) {
  let text = hex8(mix(n));
  let state = mix(n) ^ seed;
  for (let word = 1; word < 8; word += 1) {
    state = (state + 0x9e3779b9) | 0;
    text += hex8(mix(state));
  }
  return text;
}

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

/** `length` letters and digits that belong to a number. */
export function letters(n, length) {
  let text = "";
  let state = mix(n);
  for (let at = 0; at < length; at += 1) {
    text += LETTERS[(state >>> 8) % 36];
    state = mix(state + at + 1);
  }
  return text;
}
