/**
 * The answer for spreadsheets and scripts: one table, with the words of the package and numbers as they are.
 */

import { lineOf } from "../../npm/csv.js";
import { explainedHeader, explainedRow } from "../../npm/explained-rows.js";
import { diffClasses } from "../decided.js";

/**
 * @param {import("../answer.js").Answer} answer
 * @returns {Iterable<string>}
 */
export function* csv(answer) {
  if (answer.explained) yield* explained(answer.explained);
  else if (answer.plan) yield* planned(answer.plan);
  else if (answer.diff) yield* different(answer.diff);
  else if (answer.margin) yield* distant(answer.margin);
  else if (answer.reconciliation) yield* reconciled(answer.reconciliation);
  else yield* estimated(answer);
}

function* explained({ pages }) {
  yield lineOf(explainedHeader);
  for (const images of pages()) yield images.map((image) => lineOf(explainedRow(image))).join("");
}

function* planned({ requests, schedule }) {
  if (schedule !== null) {
    yield lineOf(["cycle", "images", "quota", "valueCount", "values"]);
    for (const [at, { images, quota, valueCount, values }] of schedule.cycles.entries()) {
      yield lineOf([at + 1, images, quota, valueCount, values.join(",")]);
    }
    return;
  }
  yield lineOf(["request", "operation", "images", "quota", "adds", "parameters"]);
  for (const [at, { operation, images, quota, adds, parameters }] of requests.entries()) {
    yield lineOf([at + 1, operation, images, quota, adds, JSON.stringify(parameters)]);
  }
}

function* different(diff) {
  yield lineOf(["class", "imagesBefore", "imagesAfter", "quotaBefore", "quotaAfter"]);
  for (const name of diffClasses) {
    const { images, quota } = diff[name];
    yield lineOf([name, images.before, images.after, quota.before, quota.after]);
  }
}

function* distant({ newDigests, ...margin }) {
  const { count = null, perDay = null, runsOut = null } = newDigests ?? {};
  const cells = {
    ...margin,
    newDigests: count,
    perDay,
    runsOut: runsOut === null ? null : new Date(runsOut).toISOString(),
  };
  yield lineOf(Object.keys(cells)) + lineOf(Object.values(cells));
}

function* reconciled({ equal, ours, reply, explanations }) {
  const numbers = [equal, ours.images, reply.images, ours.quota, reply.quota];
  yield lineOf([
    ...["equal", "images", "imagesReplied", "quota", "quotaReplied"],
    ...["explanation", "reproduces", "changes", "message"],
  ]);
  if (equal) yield lineOf([...numbers, "", "", "", ""]);
  for (const [at, { reproduces, changes, message }] of explanations.entries()) {
    yield lineOf([...numbers, at + 1, reproduces, JSON.stringify(changes), message]);
  }
}

function* estimated({ bill, verdict }) {
  const { estimate, units } = bill;
  const cells = {
    images: estimate.images,
    quota: estimate.quota,
    duplicates: estimate.free.duplicates,
    charged: estimate.free.charged,
    unknownDigest: estimate.unknownDigest,
    notScannable: estimate.notScannable,
    units,
    remaining: estimate.remaining,
    sufficient: estimate.sufficient,
    shortfall: bill.shortfall,
    purchase: estimate.purchase,
    withinMaxQuota: verdict.withinMaxQuota,
    complete: estimate.complete,
  };
  yield lineOf(Object.keys(cells)) + lineOf(Object.values(cells));
}
