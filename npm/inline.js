/**
 * The entry that carries the module within its own text, for hosts that cannot serve `.wasm`.
 */
import instantiate from "../pkg/scan_precheck.js";
import { first, second } from "../pkg/scan_precheck_inline.js";
import { begin, beginSync, beginWithSecond } from "./engine.js";

export { diff, explain, margin, plan, reconcile } from "./decisions.js";
export { bill, estimate, facets, Inventory, precheck, suggest } from "./inventory.js";

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

let ready = false;
try {
  beginSync(bytesOf(first), () => bytesOf(second));
  ready = true;
} catch {
  // A platform that compiles nothing at once: `init` does it in time, and says why where it cannot.
}

/** There is nothing to wait for where the platform compiles at once; after a crash it makes the module anew. */
export default async function init() {
  if (ready) return begin(() => Promise.resolve());
  const start = () => instantiate({ module_or_path: bytesOf(first) });
  await beginWithSecond(start, () => WebAssembly.compile(bytesOf(second)));
}
