/**
 * What is asked of the inventories → the engine's answers, in one object that every format tells in its own way.
 */
import { bill, diff, explain, plan } from "../npm/node.js";
import { asked, loaded, withoutAbsent } from "./inventory.js";
import { verdictOf } from "./verdict.js";

/** The most that the engine tells at once. */
const PAGE = 1_000;

/** Quota is sold in steps of so many, as far as nobody says otherwise. */
const PURCHASE_STEP = 20;

/** Examples of each class of a difference. */
const EXAMPLES = 100;

/**
 * @typedef {Awaited<ReturnType<typeof answerTo>>} Answer
 * @param {import("./arguments.js").Settings} settings
 * @param {ReturnType<typeof import("./progress.js").progressOn>} progress
 */
export async function answerTo(settings, progress) {
  const { filter, question, remaining, purchaseStep = PURCHASE_STEP, now } = settings;
  const files = settings.files.length === 0 ? ["-"] : settings.files;
  const old = question === "diff" ? await loaded(settings.old, settings, progress) : undefined;
  const { inventory, names } = await loaded(files, settings, progress);
  const whole = asked(() => bill(inventory, filter, withoutAbsent({ remaining, purchaseStep, now })));
  return {
    question,
    filter,
    loads: [
      ...(old ? [{ side: "before", names: old.names, report: old.inventory.report }] : []),
      { side: old ? "after" : "", names, report: inventory.report },
    ],
    bill: whole,
    purchaseStep,
    verdict: verdictOf(whole, settings),
    explained: question === "explain" ? explainedOf(inventory, filter) : undefined,
    plan: question === "plan" ? planOf(inventory, filter, remaining, settings.by) : undefined,
    diff: old && asked(() => diff(old.inventory, inventory, filter, { limit: EXAMPLES })),
  };
}

/** The counts at once, and the images page by page, when they are asked for: there may be millions. */
function explainedOf(inventory, filter) {
  const page = (offset, limit) => asked(() => explain(inventory, filter, { offset, limit }));
  const { counts, total, complete } = page(0, 1);
  const pages = function* () {
    for (let offset = 0; offset < total; offset += PAGE) yield page(offset, PAGE).images;
  };
  return { counts, total, complete, pages };
}

function planOf(inventory, filter, remaining, by) {
  const page = (offset) =>
    asked(() => plan(inventory, filter, withoutAbsent({ remaining, by, offset, limit: PAGE })));
  const first = page(0);
  const requests = [...first.requests];
  while (requests.length < first.requestCount) requests.push(...page(requests.length).requests);
  return { ...first, requests };
}
