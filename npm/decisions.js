/**
 * What follows from estimates: plans and reconciliations. They need the module's second part.
 */
import * as module from "../pkg/scan_precheck.js";
import { callOn } from "./engine.js";
import { messageOf, scanPrecheckError } from "./errors.js";
import { thingOf } from "./inventory.js";

export function plan(inventory, filter, options) {
  return callOn(module.plan, thingOf(inventory), filter, options);
}

export function reconcile(inventory, filter, reply) {
  return callOn(module.reconcile, thingOf(inventory), filter, pasted(reply));
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
