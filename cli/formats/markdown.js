/**
 * The answer for a pull request, a wiki or a chat.
 */
import { notesOf } from "../notes.js";
import { sectionsOf, verdictLines } from "../sections.js";

/**
 * @param {import("../answer.js").Answer} answer
 * @returns {Iterable<string>}
 */
export function* markdown(answer) {
  const lines = verdictLines(answer);
  if (lines.length > 0) yield `${lines.map((line) => `**${escaped(line)}**`).join(" ")}\n\n`;
  for (const [at, { title, header, numbers, pages }] of sectionsOf(answer).entries()) {
    yield `${at > 0 ? "\n" : ""}### ${title}\n\n`;
    let begun = false;
    for (const rows of pages) {
      if (!begun) {
        const names = header.length > 0 ? header : ["", ""];
        yield `${row(names)}${row(names.map((_, at) => (numbers.includes(at) ? "---:" : "---")))}`;
        begun = true;
      }
      yield rows.map((cells) => row(cells.map(escaped))).join("");
    }
  }
  const notes = notesOf(answer);
  if (notes.length > 0)
    yield `\n### Notes\n\n${notes.map((note) => `${note.startsWith("  ") ? "  " : ""}- ${escaped(note.trim())}\n`).join("")}`;
}

const row = (cells) => `| ${cells.join(" | ")} |\n`;

/** What a text holds stands there, and marks up nothing. */
export function escaped(text) {
  const plain = text.replaceAll(/[\\`*_{}[\]|~#!$]/g, "\\$&");
  return plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
