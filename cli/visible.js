/**
 * Texts of others on a terminal: what would move the cursor, colour, ring or reorder is shown and not done.
 */

// Controls, line and paragraph ends, marks of direction, and halves of surrogate pairs.
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** @param {string} text */
export function visible(text) {
  return text.replaceAll(HIDDEN, (letter) => `\\u{${letter.codePointAt(0).toString(16)}}`);
}
