/** Which reasons of the engine stand behind each number of the estimate. */

import type { Estimate, Reason } from "scan-precheck";
import type { Selection } from "../details/active.ts";

export const REASONS_OF: Readonly<Record<Selection, readonly Reason[]>> = {
  covered: ["chargedNow", "sameDigest", "alreadyCharged", "unknownDigest"],
  quota: ["chargedNow", "unknownDigest"],
  sameDigest: ["sameDigest"],
  alreadyCharged: ["alreadyCharged"],
  unknownDigest: ["unknownDigest"],
  notScannable: ["notScannable"],
};

/** The same numbers as the estimate gives them. */
export function countsOf({
  images,
  quota,
  free,
  unknownDigest,
  notScannable,
}: Estimate): Record<Selection, number> {
  return {
    covered: images,
    quota,
    sameDigest: free.duplicates,
    alreadyCharged: free.charged,
    unknownDigest,
    notScannable,
  };
}

export const countOf = (counts: Readonly<Record<Reason, number>>, selection: Selection): number =>
  REASONS_OF[selection].reduce((sum, reason) => sum + counts[reason], 0);
