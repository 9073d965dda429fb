/**
 * The answer for a terminal.
 */
import { notesOf } from "../notes.js";
import { sectionsOf, verdictLines } from "../sections.js";

/** A cell wider than this does not widen its column. */
const WIDEST = 72;

/**
 * @param {import("../answer.js").Answer} answer
 * @param {ReturnType<typeof import("../colors.js").paints>} paint
 * @returns {Iterable<string>}
 */
export function* table(answer, paint) {
  for (const [at, { title, header, numbers, pages }] of sectionsOf(answer).entries()) {
    if (at > 0) yield "\n";
    yield `${paint.bold(title)}\n`;
    let widths;
    for (const rows of pages) {
      if (widths === undefined) {
        // Beside names stand numbers and words: only the numbers stand below each other.
        widths = widthsOf(header.length > 0 ? [header, ...rows] : rows.filter(([, cell]) => isNumber(cell)));
        if (header.length > 0) yield `${paint.dim(line(header, widths, numbers))}\n`;
      }
      const aligned = (row) => (header.length > 0 || isNumber(row[1]) ? numbers : []);
      yield rows.map((row) => `${line(row, widths, aligned(row))}\n`).join("");
    }
  }
  const lines = verdictLines(answer);
  if (lines.length > 0) {
    const color = answer.verdict.exitCode === 0 ? paint.green : paint.red;
    yield `\n${lines.map((line) => color(line)).join("\n")}\n`;
  }
  const notes = notesOf(answer);
  if (notes.length > 0) yield `\n${paint.yellow("Notes")}\n${notes.map((note) => `  ${note}\n`).join("")}`;
}

const isNumber = (cell) => /^[\d,.]+$/.test(cell);

function widthsOf(rows) {
  const widths = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) {
      const width = widthOf(cell);
      widths[at] = Math.max(widths[at] ?? 0, width > WIDEST ? 0 : width);
    }
  }
  return widths;
}

function line(row, widths, numbers) {
  const cells = row.map((cell, at) => {
    const blanks = " ".repeat(Math.max(0, (widths[at] ?? 0) - widthOf(cell)));
    return numbers.includes(at) ? blanks + cell : cell + blanks;
  });
  return `  ${cells.join("  ")}`.trimEnd();
}

// Letters that take two places of a terminal; those that combine take none.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;

function widthOf(text) {
  // Nearly every text, and quickly told.
  if (/^[ -~]*$/.test(text)) return text.length;
  const letters = Array.from(text.replaceAll(/\p{M}/gu, "")).length;
  return letters + (text.match(WIDE)?.length ?? 0);
}
