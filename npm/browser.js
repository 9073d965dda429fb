/**
 * The entry for browsers, workers and bundlers: `await init()` first.
 */
import instantiate from "../pkg/scan_precheck.js";
import { begin, beginWith } from "./engine.js";
import { compiled, initOptions } from "./parts.js";

export { diff, explain, margin, plan, reconcile } from "./decisions.js";
export { bill, estimate, facets, Inventory, precheck, suggest } from "./inventory.js";
export { authorize } from "./policy.js";
export { toSql } from "./sql.js";

/** Whether the caller has the parts somewhere else: then nothing is looked for beside this file unasked. */
let elsewhere = false;

export default async function init(given) {
  const { module, more, extra, parts } = initOptions(given);
  elsewhere ||= module !== undefined;
  // The addresses stand here as they are written so that bundlers see them and bring the files along.
  const start = async () => {
    await instantiate({ module_or_path: module ?? new URL("../pkg/scan_precheck_bg.wasm", import.meta.url) });
  };
  const loadSecond = () => compiled(more ?? new URL("../pkg/scan_precheck_more_bg.wasm", import.meta.url));
  const loadExtra = () => compiled(extra ?? new URL("../pkg/scan_precheck_extra_bg.wasm", import.meta.url));
  const isAsked = (part, source) => parts === part || (parts === undefined && source !== undefined);
  const wanted = [begin(start)];
  if (isAsked("all", more) || (parts === undefined && !elsewhere)) {
    wanted.push(beginWith("second", start, loadSecond));
  }
  if (isAsked("extra", extra)) wanted.push(beginWith("extra", start, loadExtra));
  await Promise.all(wanted);
}
