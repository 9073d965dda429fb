/**
 * An answer as people read it: a verdict, and tables under headings. The table on a terminal and Markdown show the same.
 */
import { explainedRow, imageFields, nameOf } from "../npm/explained-rows.js";
import { commandFor } from "./request.js";
import { visible } from "./visible.js";
import { count, counted, time, units } from "./words.js";

/**
 * @typedef {object} Section
 * @property {string} title
 * @property {readonly string[]} header Empty where the rows are a name and its number.
 * @property {readonly number[]} numbers The columns that are numbers.
 * @property {Iterable<readonly (readonly string[])[]>} pages Rows, so many at once as are laid out together.
 */

/** Examples of each class of a difference; JSON has more. */
const EXAMPLES = 3;

/**
 * @param {import("./answer.js").Answer} answer
 * @returns {Section[]}
 */
export function sectionsOf(answer) {
  /** @type {Section[]} */
  const sections = [estimateOf(answer)];
  if (answer.explained) sections.push(explainedOf(answer.explained));
  if (answer.plan) sections.push(planOf(answer.plan), requestsOf(answer.plan));
  if (answer.diff) sections.push(diffOf(answer.diff), examplesOf(answer.diff));
  return sections.filter((section) => section !== undefined);
}

/** The verdict in words; nothing where there was nothing to compare with. */
export function verdictLines({ verdict, bill, purchaseStep }) {
  const { estimate } = bill;
  const lines = [];
  if (verdict.sufficient === true) {
    lines.push(`It fits: ${units(bill.units)} of the remaining ${count(estimate.remaining)}.`);
  }
  if (verdict.sufficient === false) {
    lines.push(
      `It does not fit: ${units(bill.shortfall)} missing; buy ${count(estimate.purchase)} (in steps of ${count(purchaseStep)}).`,
    );
  }
  if (verdict.withinMaxQuota !== null) {
    const word = verdict.withinMaxQuota ? "not above" : "above";
    lines.push(`It is ${word} the limit of ${count(verdict.maxQuota)}.`);
  }
  return lines;
}

function estimateOf({ bill, diff }) {
  const { estimate } = bill;
  const rows = [
    ["images covered", count(estimate.images)],
    ["quota to consume", count(estimate.quota)],
    ["free: same charge key as another", count(estimate.free.duplicates)],
    ["free: charged in this cycle", count(estimate.free.charged)],
  ];
  if (bill.units !== String(estimate.quota)) rows.push(["units to consume", units(bill.units)]);
  if (estimate.unknownDigest > 0)
    rows.push(["without a digest, of the quota", count(estimate.unknownDigest)]);
  if (estimate.notScannable > 0) rows.push(["matched, but cannot be scanned", count(estimate.notScannable)]);
  if (estimate.remaining !== null) rows.push(["remaining quota", count(estimate.remaining)]);
  rows.push(["counted by", estimate.chargeModel.countBy]);
  rows.push(["charge model", visible(`${bill.model.name} (${bill.model.date})`)]);
  if (bill.cycle !== null) rows.push(["cycle began", time(bill.cycle.start)]);
  else if (estimate.chargeModel.cycleStart !== null)
    rows.push(["cycle began", time(estimate.chargeModel.cycleStart)]);
  if (!estimate.complete) rows.push(["complete", "no: see the notes"]);
  return { title: diff ? "After" : "Estimate", header: [], numbers: [1], pages: [rows] };
}

function explainedOf({ pages }) {
  const header = ["verdict", "reason", ...imageFields, "because", "last scan"];
  const laidOut = {
    *[Symbol.iterator]() {
      for (const images of pages()) yield images.map((image) => explainedRow(image).slice(1).map(visible));
    },
  };
  return { title: "Images", header, numbers: [], pages: laidOut };
}

const METHODS = {
  everything: "everything fits",
  exact: "no other choice covers more",
  greedy: "another choice may cover more",
  inOrder: "in the order asked for",
};

function planOf(plan) {
  const { leftOut } = plan;
  const rows = [
    ["images", count(plan.images)],
    ["quota", count(plan.quota)],
    ["choice", METHODS[plan.method]],
    ["images left out", count(leftOut.images)],
  ];
  if (plan.method === "greedy") rows.push(["at most", counted(plan.atMost, "image")]);
  if (leftOut.withoutValue > 0) rows.push(["of these without a value", count(leftOut.withoutValue)]);
  if (leftOut.next) {
    const { value, images, quota } = leftOut.next;
    const of = value === null ? "" : `${visible(value)}: `;
    rows.push(["next", `${of}${counted(images, "image")} for ${count(quota)}`]);
  }
  return { title: "Plan", header: [], numbers: [1], pages: [rows] };
}

function requestsOf({ requests }) {
  if (requests.length === 0) return undefined;
  const rows = requests.map(({ operation, parameters, images, adds }) => [
    count(images),
    count(adds),
    shown(commandFor(operation, parameters)),
  ]);
  return {
    title: "Requests, in this order",
    header: ["images", "adds", "command"],
    numbers: [0, 1],
    pages: [rows],
  };
}

/** A command that can be copied, or why it cannot. */
function shown(command) {
  const safe = visible(command);
  return safe === command ? command : `${safe}  # has characters that are not shown: take --format json`;
}

export const diffClasses = /** @type {const} */ ([
  "unchanged",
  "newlyCharged",
  "noLongerCharged",
  "retagged",
  "rebuilt",
  "added",
  "removed",
]);

function diffOf(diff) {
  const row = (name, images, quota) => [
    name,
    count(images.before),
    count(images.after),
    count(quota.before),
    count(quota.after),
  ];
  const sides = (member) => ({ before: diff.before[member], after: diff.after[member] });
  const rows = diffClasses.map((name) => row(name, diff[name].images, diff[name].quota));
  rows.push(row("in all", sides("images"), sides("quota")));
  return {
    title: "Difference",
    header: ["class", "images before", "images after", "quota before", "quota after"],
    numbers: [1, 2, 3, 4],
    pages: [rows],
  };
}

function examplesOf(diff) {
  const rows = diffClasses.slice(1).flatMap((name) => {
    const { examples, total } = diff[name];
    const told = examples
      .slice(0, EXAMPLES)
      .map(({ image, other }) => [name, visible(nameOf(image)), other ? visible(nameOf(other)) : ""]);
    if (total > EXAMPLES) told.push([name, `… and ${counted(total - EXAMPLES, "more image")}`, ""]);
    return told;
  });
  if (rows.length === 0) return undefined;
  return { title: "Examples", header: ["class", "image", "beside"], numbers: [], pages: [rows] };
}
