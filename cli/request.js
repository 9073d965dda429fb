/**
 * A filter → the request that submits it: a command of Alibaba Cloud's command line, the parameters for an SDK, or a query.
 */
import { Inventory, precheck } from "../npm/node.js";
import { bareDigest, commandFor, OPERATIONS, queryOf } from "../npm/request.js";
import { asked } from "./inventory.js";
import { filterOptions, sourceIp } from "./options.js";

/**
 * @param {Readonly<Record<string, string>>} filter By the names in JavaScript.
 * @param {string} kind
 */
export async function requestFor(filter, kind) {
  await judged(filter);
  const parameters = { ...parametersOf(filter), ...addressOf(filter) };
  if (kind === "sdk") return JSON.stringify(parameters, null, 2);
  if (kind === "query") return queryOf(parameters);
  return commandFor(OPERATIONS[kind], parameters);
}

/** The engine refuses what is no filter, whatever the inventory. */
async function judged(filter) {
  const inventory = await Inventory.load("Tag\n1\n");
  asked(() => precheck(/** @type {any} */ (inventory), filter));
}

// What the engine takes for blanks; `trim` has one more, and lacks one.
const BLANKS = /^\p{White_Space}+|\p{White_Space}+$/gu;

/** By wire names, each value as it goes over the wire. */
export function parametersOf(filter) {
  return Object.fromEntries(
    filterOptions
      .filter(({ parameter }) => filter[parameter] !== undefined)
      .map(({ parameter, wire }) => [wire, valuesOf(parameter, filter[parameter]).join(",")]),
  );
}

function addressOf(filter) {
  const address = filter[sourceIp.parameter]?.replaceAll(BLANKS, "");
  return address === undefined ? {} : { [sourceIp.wire]: address };
}

function valuesOf(parameter, list) {
  const values = list.split(",").map((item) => item.replaceAll(BLANKS, ""));
  const given = values.filter((value) => value !== "");
  return parameter === "digests" ? given.map(bareDigest) : given;
}
