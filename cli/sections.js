/**
 * An answer as people read it: a verdict, and tables under headings. The table on a terminal and Markdown show the same.
 */
import { explainedRow, imageFields } from "../npm/explained-rows.js";
import {
  diffOf,
  examplesOf,
  explanationsOf,
  marginOf,
  planOf,
  replyOf,
  requestsOf,
  scheduleOf,
} from "./decided.js";
import { visible } from "./visible.js";
import { count, time, units } from "./words.js";

/**
 * @typedef {object} Section
 * @property {string} title
 * @property {readonly string[]} header Empty where the rows are a name and its number.
 * @property {readonly number[]} numbers The columns that are numbers.
 * @property {Iterable<readonly (readonly string[])[]>} pages Rows, so many at once as are laid out together.
 */

/**
 * @param {import("./answer.js").Answer} answer
 * @returns {Section[]}
 */
export function sectionsOf(answer) {
  /** @type {Section[]} */
  const sections = [estimateOf(answer)];
  if (answer.explained) sections.push(explainedOf(answer.explained));
  if (answer.plan) sections.push(planOf(answer.plan), requestsOf(answer.plan), scheduleOf(answer.plan));
  if (answer.diff) sections.push(diffOf(answer.diff), examplesOf(answer.diff));
  if (answer.margin) sections.push(marginOf(answer.margin));
  if (answer.reconciliation)
    sections.push(replyOf(answer.reconciliation), explanationsOf(answer.reconciliation));
  return sections.filter((section) => section !== undefined);
}

/** The verdict in words; nothing where there was nothing to compare with. */
export function verdictLines({ verdict, bill }) {
  const { estimate } = bill;
  const lines = [];
  if (verdict.sufficient === true) {
    lines.push(`It fits: ${units(bill.units)} of the remaining ${count(estimate.remaining)}.`);
  }
  if (verdict.sufficient === false) {
    lines.push(
      `It does not fit: ${units(bill.shortfall)} missing; buy ${count(estimate.purchase)} (in steps of ${count(estimate.purchaseStep)}).`,
    );
  }
  if (verdict.withinMaxQuota !== null) {
    const word = verdict.withinMaxQuota ? "not above" : "above";
    lines.push(`It is ${word} the limit of ${count(verdict.maxQuota)}.`);
  }
  if (verdict.equalsReply === true) lines.push("The service replied the same numbers.");
  if (verdict.equalsReply === false)
    lines.push("The service replied other numbers: what is said here may be wrong.");
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

function explainedOf({ pages, told, total }) {
  const header = ["verdict", "reason", ...imageFields, "because", "last scan"];
  const laidOut = {
    *[Symbol.iterator]() {
      for (const images of pages()) yield images.map((image) => explainedRow(image).slice(1).map(visible));
    },
  };
  const title = told < total ? `Images (the first ${count(told)} of ${count(total)})` : "Images";
  return { title, header, numbers: [], pages: laidOut };
}
