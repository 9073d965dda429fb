/**
 * The entry for browsers, workers and bundlers: `await init()` first.
 */
import instantiate from "../pkg/scan_precheck.js";
import { begin } from "./engine.js";

export { estimate, facets, Inventory, precheck, suggest } from "./inventory.js";

export default function init(source) {
  return begin(async () => {
    // The address stands here as it is written so that bundlers see it and bring the file along.
    await instantiate({ module_or_path: source ?? new URL("../pkg/scan_precheck_bg.wasm", import.meta.url) });
  });
}
