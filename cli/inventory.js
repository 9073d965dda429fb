/**
 * Files → an inventory under the charge model asked for, with what the files are called.
 */
import { Inventory } from "../npm/node.js";
import { Failure, inWordsOf, located } from "./failure.js";
import { chargeModel } from "./model.js";
import { defaultOptions, filterOptions } from "./options.js";
import { sourcesOf } from "./sources.js";
import { counted } from "./words.js";

/** What the engine calls an option → what the command line calls it. */
const optionNames = Object.fromEntries([
  ...filterOptions.map(({ parameter, name }) => [parameter, `--${name}`]),
  ...defaultOptions.map(({ field, name }) => [field, `--${name}`]),
  ["remaining", "--remaining"],
  ["purchaseStep", "--purchase-step"],
  ["cycleStart", "--cycle-start"],
  ["by", "--by"],
  ["now", "--now"],
  ["first", "--first"],
  ["batch", "--batch"],
  ["perCycle", "--per-cycle"],
  ["sourceIp", "--source-ip"],
]);

/**
 * @typedef {{ inventory: import("../npm/index.js").Inventory, names: string[] }} Loaded
 * @param {readonly string[]} paths
 * @param {import("./arguments.js").Settings} settings
 * @param {ReturnType<typeof import("./progress.js").progressOn>} progress
 * @returns {Promise<Loaded>}
 */
export async function loaded(paths, settings, progress) {
  const { defaults, cycleStart, now, inputFormat: format } = settings;
  const rule = settings.countBy === undefined ? undefined : { countBy: settings.countBy };
  // Before the load, which may take long.
  const model =
    settings.chargeModel === undefined ? undefined : { ...chargeModel(settings.chargeModel), ...rule };
  const sources = await sourcesOf(paths);
  const names = sources.map(({ name }) => name);
  try {
    const options = { format, defaults, now, cycleStart, chargeModel: rule, onProgress: progress.report };
    const inventory = /** @type {any} */ (
      await Inventory.load(
        sources.map(({ source }) => source),
        withoutAbsent(options),
      )
    );
    refuseIfNothingIsLeft(inventory.report, names);
    if (model !== undefined) underModel(inventory, model, settings);
    return { inventory, names };
  } catch (error) {
    throw inWordsOf(located(error, names), optionNames);
  } finally {
    progress.wipe();
  }
}

/** Nothing that was to be read could be: no quota would be an answer that a pipeline believes. */
function refuseIfNothingIsLeft({ images, complete, leftOut }, names) {
  const [first] = leftOut.places;
  if (images > 0 || complete || first === undefined) return;
  const { source, line, column, message } = first;
  throw new Failure(
    `${names[source]}:${line}:${column}: no row could be used; of ${counted(leftOut.total, "row")} left out, the first: ${message}`,
  );
}

function underModel(inventory, model, { chargeModel: given, cycleStart, now = Date.now() }) {
  try {
    // A monthly model finds its cycle by the clock; who names the start of the cycle knows better.
    inventory.setChargeModel(model, cycleStart === undefined ? { now } : { cycleStart });
  } catch (error) {
    throw inWordsOf(inFile(error, given), optionNames);
  }
}

/** An error in the charge model, with the file's name. */
function inFile(error, given) {
  return Object.assign(error, { message: `${given}: ${error.message}` });
}

/** Asks the engine; what it refuses is told in the words of the command line. */
export function asked(question) {
  try {
    return question();
  } catch (error) {
    throw inWordsOf(error, optionNames);
  }
}

/** Options without those that nobody gave. */
export function withoutAbsent(given) {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
