/**
 * What is decided from the numbers, as people read it: plans, differences, margins and reconciliations.
 */
import { nameOf } from "../npm/explained-rows.js";
import { commandFor } from "../npm/request.js";
import { kebabCase } from "./options.js";
import { visible } from "./visible.js";
import { count, counted, time } from "./words.js";

/** Examples of each class of a difference; JSON has more. */
const EXAMPLES = 3;

/** Values of a cycle; JSON has more. */
const VALUES = 5;

const METHODS = {
  everything: "everything fits",
  exact: "no other choice covers more",
  greedy: "another choice may cover more",
  inOrder: "in the order asked for",
};

export function planOf(plan) {
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

export function requestsOf({ requests }) {
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

/** What comes in which cycle, where that was asked for. */
export function scheduleOf({ schedule }) {
  if (schedule === null) return undefined;
  const rows = schedule.cycles.map(({ images, quota, values, valueCount }, at) => {
    const told = values.slice(0, VALUES).map(visible).join(", ");
    const more = valueCount > VALUES ? ` and ${count(valueCount - VALUES)} more` : "";
    return [at === 0 ? "this one" : `${count(at)} later`, count(images), count(quota), told + more];
  });
  if (schedule.imagesLeft > 0) rows.push(["in none", count(schedule.imagesLeft), "", ""]);
  return { title: "Cycles", header: ["cycle", "images", "quota", "values"], numbers: [1, 2], pages: [rows] };
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

export function diffOf(diff) {
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

export function examplesOf(diff) {
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

export function marginOf({ flipsAt, tooMany, newDigests }) {
  const rows = [
    flipsAt === null
      ? ["digests too many", count(tooMany)]
      : ["new digests that still fit", count(flipsAt - 1)],
  ];
  if (newDigests !== null) {
    const { count: came, perDay, runsOut } = newDigests;
    rows.push(["new since the earlier inventory", count(came)]);
    rows.push(["new each day", String(Math.round(perDay * 100) / 100)]);
    rows.push(["does not fit any more", runsOut === null ? "not at this rate" : time(runsOut)]);
  }
  return { title: "Margin", header: [], numbers: [1], pages: [rows] };
}

export function replyOf({ ours, reply }) {
  const rows = [
    ["images", count(ours.images), count(reply.images)],
    ["quota", count(ours.quota), count(reply.quota)],
  ];
  return { title: "Reply", header: ["", "here", "service"], numbers: [1, 2], pages: [rows] };
}

/** What would make the numbers equal, and how it can be tried. */
export function explanationsOf({ explanations }) {
  if (explanations.length === 0) return undefined;
  const rows = explanations.map(({ changes, reproduces, message }) => [
    reproduces ? "yes" : "no",
    changes.map(triedBy).filter(Boolean).join(" "),
    visible(message),
  ]);
  return {
    title: "What would explain it, the smallest change first",
    header: ["both numbers", "to try", "explanation"],
    numbers: [],
    pages: [rows],
  };
}

function triedBy(change) {
  if (change.kind === "countBy") return `--count-by ${kebabCase(change.countBy)}`;
  if (change.kind === "cycleStart") return `--cycle-start ${new Date(change.nearest).toISOString()}`;
  return "";
}
