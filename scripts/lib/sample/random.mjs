/**
 * Numbers that look random and are the same on every machine and at every time: sfc32, seeded by a name.
 * A name for each repository keeps a change to one from reshuffling all the others.
 */
import { createHash } from "node:crypto";

/** The SHA-256 of a text in hex, which is also how the sample makes its digests. */
export const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** @param {string} name */
export function randomOf(name) {
  const seed = sha256(name);
  let [a, b, c, count] = [0, 8, 16, 24].map((at) => Number.parseInt(seed.slice(at, at + 8), 16) | 0);

  /** From 0 (in) to 1 (out). */
  const next = () => {
    const sum = (((a + b) | 0) + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  /** A whole number from `low` to `high`, both in. */
  const between = (low, high) => low + Math.floor(next() * (high - low + 1));

  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (items) => items[between(0, items.length - 1)],
    hex: (digits) => Array.from({ length: digits }, () => between(0, 15).toString(16)).join(""),
  };
}
