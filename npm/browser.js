/**
 * The entry for browsers, workers and bundlers: `await init()` first.
 */
import instantiate from "../pkg/scan_precheck.js";
import { begin, beginWithSecond } from "./engine.js";
import { compiled, initOptions } from "./parts.js";

export { plan, reconcile } from "./decisions.js";
export { bill, estimate, facets, Inventory, precheck, suggest } from "./inventory.js";

/** Whether the caller has the parts somewhere else: then nothing is looked for beside this file unasked. */
let elsewhere = false;

export default async function init(given) {
  const { module, more, parts } = initOptions(given);
  elsewhere ||= module !== undefined;
  // The addresses stand here as they are written so that bundlers see them and bring the files along.
  const start = async () => {
    await instantiate({ module_or_path: module ?? new URL("../pkg/scan_precheck_bg.wasm", import.meta.url) });
  };
  const load = () => compiled(more ?? new URL("../pkg/scan_precheck_more_bg.wasm", import.meta.url));
  const both = parts === "all" || (parts === undefined && (more !== undefined || !elsewhere));
  await (both ? beginWithSecond(start, load) : begin(start));
}
