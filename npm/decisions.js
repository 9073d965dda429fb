/**
 * What follows from estimates: plans, reconciliations, explanations, differences and margins. They need the module's second part.
 */
import * as module from "../pkg/scan_precheck.js";
import { callOn, callOnBoth } from "./engine.js";
import { messageOf, scanPrecheckError } from "./errors.js";
import { thingOf } from "./inventory.js";
import { splitEarlier } from "./options.js";

export function plan(inventory, filter, options) {
  return callOn(module.plan, thingOf(inventory), filter, options);
}

export function reconcile(inventory, filter, reply) {
  return callOn(module.reconcile, thingOf(inventory), filter, pasted(reply));
}

export function explain(inventory, filter, options) {
  return callOn(module.explain, thingOf(inventory), filter, options);
}

export function diff(before, after, filter, options) {
  return callOnBoth(module.diff, thingOf(before), thingOf(after, "the second argument"), filter, options);
}

export function margin(inventory, filter, options) {
  const thing = thingOf(inventory);
  const { earlier, rest } = splitEarlier(options);
  return earlier === undefined
    ? callOn(module.margin, thing, filter, rest)
    : callOnBoth(module.marginSince, thing, thingOf(earlier, "`earlier`"), filter, rest);
}

/** A reply as text is JSON; all else is the module's to judge. */
function pasted(reply) {
  if (typeof reply !== "string") return reply;
  try {
    return JSON.parse(reply);
  } catch (error) {
    const message = `the reply is no JSON: ${messageOf(error)}; paste it as the service gave it`;
    throw scanPrecheckError("invalid-json", message, { field: "reply", cause: error });
  }
}
