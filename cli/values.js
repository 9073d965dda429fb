/**
 * Texts of the command line → numbers, dates and names, or a message that says what they must be.
 */
import { Failure } from "./failure.js";
import { nearest } from "./nearest.js";
import { visible } from "./visible.js";

/** A whole number from 0. */
export function wholeNumber(option, text) {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new Failure(
    `--${option} must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, such as 100, but it is \`${visible(text)}\``,
  );
}

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * Milliseconds since 1970. A time without its clock would mean another one on each machine, and is refused; a day begins
 * at midnight UTC.
 */
export function date(option, text) {
  if (/^\d{9,16}$/.test(text)) {
    const time = new Date(Number(text)).getTime();
    if (!Number.isNaN(time)) return time;
  }
  const [whole, year, month, day] = DATE.exec(text) ?? [];
  // Of the 31st of a month of 30 days, some engines make the 1st of the next.
  const days = whole === undefined ? 0 : new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const time = Date.parse(text.replace(" ", "T"));
  if (Number(day) >= 1 && Number(day) <= days && !Number.isNaN(time)) return time;
  throw new Failure(
    `--${option} must be a date such as 2026-11-01 (midnight UTC), 2026-11-01T00:00:00+08:00, or milliseconds since 1970, but it is \`${visible(text)}\``,
  );
}

/** One of some words. */
export function oneOf(option, text, known) {
  if (known.includes(text)) return text;
  const meant = nearest(text, known);
  const hint = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
  throw new Failure(`--${option} must be one of ${known.join(", ")}, but it is \`${visible(text)}\`${hint}`);
}
