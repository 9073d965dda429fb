/** Where an image stands among all that the filter covers, in the inventory's order. */

import type { About } from "../session/session.ts";
import { REASONS_OF } from "./selections.ts";

/** In that order numbers only rise, so a place is found by halving: twenty questions for a million images. */
export async function placeOf(
  { engine, inventory, filter }: About,
  row: number,
): Promise<number | undefined> {
  const at = (offset: number) =>
    engine.explain(inventory, filter, { reason: REASONS_OF.covered, offset, limit: 1 });
  let [low, high] = [0, (await at(0)).total];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = (await at(middle)).images[0]?.row;
    if (found === row) return middle;
    if (found === undefined || found > row) high = middle;
    else low = middle + 1;
  }
  return undefined;
}
