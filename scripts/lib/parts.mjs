/**
 * What of the module is in which of its parts: see `split.mjs`. The first part is what it takes to load our own formats and
 * to answer `precheck` and `estimate`; whoever adds anything else names it in one of the further parts, each of which is
 * instantiated on top of the first and needs no other.
 */

/** The file of the first part, in `pkg/`. */
export const firstPart = "scan_precheck_bg.wasm";

/**
 * The further parts. `file` is in `pkg/`; `exports` are exports by their JavaScript names: what only they reach goes with
 * them. `modules` are modules of the crate that are reached only by way of pointers which one of these exports hands out
 * (closures, `dyn` objects): which function stands behind a pointer cannot be told from the module.
 */
export const furtherParts = [
  {
    name: "second",
    file: "scan_precheck_more_bg.wasm",
    exports: [
      "bill",
      "diff",
      "explain",
      "facets",
      "hasModel",
      "installRegistries",
      "margin",
      "marginSince",
      "plan",
      "reconcile",
      "restoreSnapshot",
      "saveSnapshot",
      "setChargeModel",
      "snapshotLength",
      "suggest",
    ],
    modules: [
      "scan_precheck::decide",
      "scan_precheck::flat",
      "scan_precheck::inventory::dictionary::restored",
      "scan_precheck::inventory::values::Digests::restore",
      "scan_precheck::js::snapshots",
      "scan_precheck::load::registries",
    ],
  },
  {
    // What is asked without an inventory.
    name: "extra",
    file: "scan_precheck_extra_bg.wasm",
    exports: ["authorize", "toSql"],
    // Not all of `policy`: what is the same there and elsewhere, the compiler makes one function of.
    modules: ["scan_precheck::policy::node", "scan_precheck::policy::statement", "scan_precheck::sql"],
  },
];
