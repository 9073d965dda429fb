/**
 * A filter under a charge model as SQL. It needs the module's extra part, and no inventory.
 */
import * as module from "../pkg/scan_precheck.js";
import { callInExtra } from "./engine.js";

export function toSql(filter, options) {
  return callInExtra(module.toSql, filter, options);
}
