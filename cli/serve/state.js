/**
 * What the endpoint knows: the images, their inventory in the engine, the quota, and the tasks that ran.
 */
import { inventoryOf } from "./images.js";

/**
 * @param {any[]} rows
 * @param {{ capacity: number, used: number, rule: Parameters<typeof inventoryOf>[1] }} settings
 */
export async function stateOf(rows, { capacity, used, rule }) {
  let last = Promise.resolve();
  const state = {
    rows,
    capacity,
    used,
    tasks: 0,
    cycleStart: rule.cycleStart,
    /** By digest, the task that covered it last. */
    latest: new Map(),
    inventory: await inventoryOf(rows, rule),
    inventoryOf: (some) => inventoryOf(some, rule),
    /** The inventory anew, after rows were changed. The old one answers until then. */
    async reload() {
      const former = state.inventory;
      state.inventory = await inventoryOf(rows, rule);
      former.free();
    },
    /** One change after the other: two tasks at once would take the same quota. */
    alone(change) {
      const result = last.then(change);
      last = result.then(
        () => {},
        () => {},
      );
      return result;
    },
  };
  return state;
}
