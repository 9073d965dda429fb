/**
 * What RAM policies say to a request. It needs the module's extra part, and no inventory.
 */
import * as module from "../pkg/scan_precheck.js";
import { callInExtra } from "./engine.js";

export function authorize(policies, request) {
  return callInExtra(module.authorize, policies, request);
}
