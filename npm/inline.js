/**
 * The entry for where no `.wasm` file can be served: the module is within it, and ready when it is imported.
 */
import { extra, first, second } from "../pkg/inline.js";
import { begin, beginSync } from "./engine.js";

export { diff, explain, margin, plan, reconcile } from "./decisions.js";
export { bill, estimate, facets, Inventory, precheck, suggest } from "./inventory.js";
export { authorize } from "./policy.js";
export { toSql } from "./sql.js";

const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

beginSync(bytesOf(first), { second: () => bytesOf(second), extra: () => bytesOf(extra) });

/** There is nothing to wait for; after a crash it makes the module anew. */
export default function init() {
  return begin(() => Promise.resolve());
}
