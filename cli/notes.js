/**
 * What a reader of the numbers ought to know: what was left out of the inventory and where, what is missing, warnings.
 */
import { visible } from "./visible.js";
import { count, counted } from "./words.js";

/** Places and warnings that are told one by one; JSON has more. */
const SHOWN = 10;

/**
 * @param {import("./answer.js").Answer} answer
 * @returns {string[]}
 */
export function notesOf({ loads, bill, margin }) {
  const { warnings } = bill.estimate;
  const notes = loads.flatMap(({ side, names, report }) =>
    notesOnLoad(names, report).map((note) => (side ? `${side}: ${note}` : note)),
  );
  notes.push(...warnings.slice(0, SHOWN).map(messageOf));
  if (warnings.length > SHOWN) {
    notes.push(`${counted(warnings.length - SHOWN, "more warning")}; --format json has them`);
  }
  if (margin?.newDigests) notes.push(`assumed: ${margin.newDigests.assumption}`);
  return notes;
}

function notesOnLoad(names, report) {
  const { leftOut, repositories, announced } = report;
  const notes = [];
  if (leftOut.total > 0) {
    const reasons = leftOut.byReason.map(({ reason, rows }) => `${reason} ${count(rows)}`).join(", ");
    notes.push(`${counted(leftOut.total, "row")} left out: ${reasons}`);
    for (const { source, line, column, message } of leftOut.places.slice(0, SHOWN)) {
      notes.push(`  ${names[source]}:${line}:${column}: ${visible(message)}`);
    }
    if (leftOut.total > SHOWN) notes.push(`  and ${counted(leftOut.total - SHOWN, "more row")}`);
  }
  if (report.duplicates > 0)
    notes.push(`${counted(report.duplicates, "row")} repeat an earlier one in all fields`);
  if (announced !== null && announced > report.rows) {
    notes.push(
      `the exports announce ${counted(announced, "image")}, and ${counted(report.rows, "row")} came`,
    );
  }
  if (report.missingPages > 0) notes.push(`${counted(report.missingPages, "page")} of tags did not come`);
  if (repositories?.unknown > 0) {
    notes.push(
      `the repository of ${counted(repositories.unknown, "row")} is not known: add --default-repo-name, or the list of repositories`,
    );
  }
  return notes;
}

function messageOf({ code, message }) {
  // No text of the user's stands in this one.
  const said = code === "no-cycle-start" ? message.replace("`cycleStart`", "`--cycle-start`") : message;
  return visible(said);
}
