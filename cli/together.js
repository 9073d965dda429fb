/**
 * Options that need each other, or contradict: said before anything is read.
 */
import { Failure } from "./failure.js";
import { options } from "./options.js";
import { visible } from "./visible.js";

/**
 * @param {import("./arguments.js").Settings} settings
 * @param {(name: string) => boolean} has
 */
export function checkTogether(settings, has) {
  const { files, question, request, old, earlier } = settings;
  if (has("color") && has("no-color"))
    throw new Failure("--color and --no-color contradict each other; keep one");
  for (const { name, of } of options) {
    if (of !== undefined && has(name) && !has(of))
      throw new Failure(`--${name} belongs to --${of}: add --${of}, or leave it out`);
  }
  if ((question === "plan" || question === "margin") && settings.remaining === undefined) {
    throw new Failure(`--${question} needs to know what remains: add --remaining N`);
  }
  if (question === "plan") checkFirst(settings);
  if (question === "margin") checkDates(settings, has);
  if (has("purchase-step") && settings.remaining === undefined) {
    throw new Failure("--purchase-step says how to buy what is missing: add --remaining N, or leave it out");
  }
  for (const [name, number] of [
    ["purchase-step", settings.purchaseStep],
    ["limit", settings.limit],
    ["batch", settings.batch],
  ]) {
    if (number === 0) throw new Failure(`--${name} must be 1 or more, but it is 0`);
  }
  const read = files.length === 0 ? ["-"] : files;
  if ([...read, ...old, ...earlier, settings.reply].filter((file) => file === "-").length > 1) {
    throw new Failure("standard input (-) can be read only once; name a file for the other");
  }
  if (request === undefined) return;
  if (files.length > 0) {
    throw new Failure(`--print-request reads no inventory; leave out \`${visible(files[0])}\``);
  }
  const allowed = ["print-request", "source-ip", "color", "no-color", "quiet"];
  const other = options.find(({ name, group }) => has(name) && group !== "Filter" && !allowed.includes(name));
  if (other) throw new Failure(`--print-request prints the filter alone; leave out --${other.name}`);
}

function checkFirst({ first, by = "images" }) {
  if (first !== undefined && by === "images")
    throw new Failure("--first gives values of the field that the plan goes by: add --by FIELD");
}

/** Before the inventories are loaded, which may take long. */
function checkDates({ earlier, earlierDate, date }, has) {
  const given = ["earlier-date", "date"].filter(has);
  if (earlier.length === 0 && given.length > 0)
    throw new Failure(
      `--${given[0]} says when an inventory was exported: add --earlier OLD, or leave it out`,
    );
  if (earlier.length === 0) return;
  const missing = ["earlier-date", "date"].find((name) => !has(name));
  if (missing !== undefined)
    throw new Failure(`--earlier needs the dates of both inventories: add --${missing} DATE`);
  if (earlierDate >= date)
    throw new Failure("--earlier-date must be before --date; exchange the two inventories");
}
