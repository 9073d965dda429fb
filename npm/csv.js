/**
 * Tables as CSV in which every cell is a text to a spreadsheet, whatever it begins with.
 */

/** @param {readonly unknown[]} cells */
export function lineOf(cells) {
  return `${cells.map(cellOf).join(",")}\r\n`;
}

/** @param {unknown} value */
export function cellOf(value) {
  const text = String(value ?? "");
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
