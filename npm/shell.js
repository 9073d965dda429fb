/**
 * A text → one word of a POSIX shell, whatever it holds.
 */

/** @param {string} text */
export function shellQuoted(text) {
  if (/^[A-Za-z0-9_.,:/@%+-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
