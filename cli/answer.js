/**
 * What is asked of the inventories → the engine's answers, in one object that every format tells in its own way.
 */
import { bill, diff, explain, margin, plan, reconcile } from "../npm/node.js";
import { Failure } from "./failure.js";
import { asked, loaded, withoutAbsent } from "./inventory.js";
import { replyIn } from "./reply.js";
import { verdictOf } from "./verdict.js";

/** The most that the engine tells at once. */
const PAGE = 1_000;

/** Examples of each class of a difference. */
const EXAMPLES = 100;

/**
 * @typedef {Awaited<ReturnType<typeof answerTo>>} Answer
 * @param {import("./arguments.js").Settings} settings
 * @param {ReturnType<typeof import("./progress.js").progressOn>} progress
 */
export async function answerTo(settings, progress) {
  const { filter, question, remaining, purchaseStep, now } = settings;
  const files = settings.files.length === 0 ? ["-"] : settings.files;
  const reply = settings.reply === undefined ? undefined : await replyIn(settings.reply);
  const earlier = question === "margin" ? settings.earlier : settings.old;
  const before = earlier.length > 0 ? await loaded(earlier, settings, progress) : undefined;
  const { inventory, names } = await loaded(files, settings, progress);
  const whole = asked(() => bill(inventory, filter, withoutAbsent({ remaining, purchaseStep, now })));
  const reconciliation = reply && reconciled(inventory, filter, reply);
  return {
    question,
    filter,
    loads: [
      ...(before ? [{ side: "before", names: before.names, report: before.inventory.report }] : []),
      { side: before ? "after" : "", names, report: inventory.report },
    ],
    bill: whole,
    verdict: verdictOf(whole, settings, reconciliation),
    explained: question === "explain" ? explainedOf(inventory, settings) : undefined,
    plan: question === "plan" ? planOf(inventory, settings) : undefined,
    diff:
      question === "diff"
        ? asked(() => diff(before.inventory, inventory, filter, { limit: EXAMPLES }))
        : undefined,
    margin: question === "margin" ? marginOf(inventory, before?.inventory, settings) : undefined,
    reconciliation,
  };
}

/** The counts at once, and the images page by page, when they are asked for: there may be millions. */
function explainedOf(
  inventory,
  { filter, reason, sort, descending, limit: most = Number.POSITIVE_INFINITY },
) {
  const chosen = withoutAbsent({ reason, sort, descending });
  const page = (offset, limit) => asked(() => explain(inventory, filter, { ...chosen, offset, limit }));
  const { counts, total, complete } = page(0, 1);
  const told = Math.min(total, most);
  const pages = function* () {
    for (let offset = 0; offset < told; offset += PAGE)
      yield page(offset, Math.min(PAGE, told - offset)).images;
  };
  return { counts, total, told, complete, pages };
}

function planOf(inventory, { filter, remaining, by, first: values, order, perCycle, batch }) {
  const first = values === undefined ? undefined : { [by]: values };
  const chosen = withoutAbsent({ remaining, by, first, order, perCycle, batch });
  const page = (offset) => asked(() => plan(inventory, filter, { ...chosen, offset, limit: PAGE }));
  const begun = page(0);
  const requests = [...begun.requests];
  while (requests.length < begun.requestCount) requests.push(...page(requests.length).requests);
  return { ...begun, requests };
}

function marginOf(inventory, earlier, { filter, remaining, earlierDate, date }) {
  return asked(() =>
    margin(inventory, filter, { remaining, ...(earlier && { earlier, earlierDate, date }) }),
  );
}

/** Faults that no reply is the reason of. */
const NOT_OF_THE_REPLY = ["out-of-memory", "crashed"];

function reconciled(inventory, filter, { name, text }) {
  try {
    return reconcile(inventory, filter, text);
  } catch (thrown) {
    const error = /** @type {any} */ (thrown);
    // A filter that is wrong was refused before, by the bill.
    if (error.name !== "ScanPrecheckError" || NOT_OF_THE_REPLY.includes(error.code)) throw error;
    throw new Failure(`${name}: ${error.message}`, { cause: error });
  }
}
