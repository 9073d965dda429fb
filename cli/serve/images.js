/**
 * The images that are served, as rows that tasks can change, and the engine's inventory of them.
 */
import { explain, Inventory } from "../../npm/node.js";
import { withoutAbsent } from "../inventory.js";

const PAGE = 1_000;

/**
 * Rows from an inventory that was loaded with all scan times as charges and each image by itself: so the engine tells
 * of every row when it was scanned.
 */
export function rowsOf(inventory) {
  return [...explained(inventory)].map(({ image, reason, charged }) =>
    withoutAbsent({
      ...image,
      lastScanTime: charged?.lastScanTime ?? undefined,
      charged: charged?.said || undefined,
      scannable: reason === "notScannable" ? false : undefined,
    }),
  );
}

/** Every image that a filter matches, page by page. */
export function* explained(inventory, filter = {}) {
  for (let offset = 0, total = 1; offset < total; offset += PAGE) {
    const page = explain(inventory, filter, { offset, limit: PAGE });
    total = page.total;
    yield* page.images;
  }
}

/**
 * @param {any[]} rows
 * @param {{ cycleStart?: number, now?: number, model?: any }} rule
 */
export async function inventoryOf(rows, rule) {
  const { cycleStart, now, model } = rule;
  const options = { cycleStart, now };
  const inventory = /** @type {any} */ (
    await Inventory.load(rows, /** @type {any} */ (withoutAbsent(options)))
  );
  if (model !== undefined)
    inventory.setChargeModel(model, cycleStart === undefined ? { now: now ?? Date.now() } : { cycleStart });
  return inventory;
}
