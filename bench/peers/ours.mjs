/**
 * This project's package, as its users call it.
 */
import { openAsBlob } from "node:fs";
import * as scanPrecheck from "../../npm/node.js";
import { CYCLE_START, FIELDS } from "../fields.mjs";
import { inProject } from "../sizes.mjs";

const { Inventory, estimate, facets: facetsOf, suggest: suggestionsOf } = scanPrecheck;
let inventory;

export const name = "scan-precheck";
export const files = ["pkg/scan_precheck_bg.wasm", "pkg/scan_precheck.js"].map(inProject);

async function load(path) {
  inventory = await Inventory.load(await openAsBlob(path), { cycleStart: CYCLE_START });
}
export const loadCsv = load;
export const loadJson = load;

/** The inventory as bytes, and an inventory from such bytes in its place. */
export const save = Inventory.prototype.save && (() => inventory.save());
export function restore(bytes) {
  inventory?.free();
  inventory = Inventory.restore(bytes);
}

export function query(filter) {
  const { images, quota } = estimate(inventory, filter);
  return { images, quota };
}

export const suggest =
  suggestionsOf &&
  ((filter, { field, text, limit }) => suggestionsOf(inventory, filter, { field, text, limit }));

export const facets =
  facetsOf &&
  ((filter, limit) =>
    FIELDS.map(({ key }) => {
      const answer = facetsOf(inventory, filter, { field: key, limit });
      return Array.isArray(answer) ? answer : (answer.values ?? answer.facets);
    }));
