/**
 * What of the module is in its second part: see `split.mjs`. The first part is what it takes to load our own formats and
 * to answer `precheck` and `estimate`; whoever adds anything else names it here.
 */

/** The files of the two parts, in `pkg/`. */
export const firstPart = "scan_precheck_bg.wasm";
export const secondPart = "scan_precheck_more_bg.wasm";

/** Exports by their JavaScript names. What only they reach goes with them. */
export const secondExports = [
  "bill",
  "facets",
  "installRegistries",
  "plan",
  "reconcile",
  "setChargeModel",
  "suggest",
];

/**
 * Modules of the crate that are reached only by way of pointers which an export of the second part hands out (closures,
 * `dyn` objects): which function stands behind a pointer cannot be told from the module.
 */
export const secondModules = ["scan_precheck::decide", "scan_precheck::load::registries"];
