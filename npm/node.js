/**
 * The entry for Node: ready when it is imported.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { begin, beginSync } from "./engine.js";

export { diff, explain, margin, plan, reconcile } from "./decisions.js";
export { bill, estimate, facets, Inventory, precheck, suggest } from "./inventory.js";
export { authorize } from "./policy.js";
export { toSql } from "./sql.js";

// By path and not by `new URL(…)`: a bundler for servers may put another class in its place.
const pkg = join(dirname(fileURLToPath(import.meta.url)), "../pkg");
const second = readFileSync(join(pkg, "scan_precheck_more_bg.wasm"));
beginSync(readFileSync(join(pkg, "scan_precheck_bg.wasm")), {
  second: () => second,
  extra: () => readFileSync(join(pkg, "scan_precheck_extra_bg.wasm")),
});

/** There is nothing to wait for; after a crash it makes the module anew. */
export default function init() {
  return begin(() => Promise.resolve());
}
