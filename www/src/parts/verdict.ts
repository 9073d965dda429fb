/** Whether the scan fits, as a kind that can be shown and as the words that say it. */

import type { Estimate } from "scan-precheck";
import type { Messages } from "../messages/en.ts";

export type Verdict =
  | { readonly kind: "unknown" }
  | { readonly kind: "nothing" }
  | { readonly kind: "fits"; readonly spare: number }
  | { readonly kind: "short"; readonly shortfall: number; readonly purchase: number };

export function verdictOf(estimate: Estimate): Verdict {
  const { images, quota, remaining, shortfall, purchase } = estimate;
  if (images === 0) return { kind: "nothing" };
  if (remaining === null || shortfall === null || purchase === null) return { kind: "unknown" };
  if (shortfall > 0) return { kind: "short", shortfall, purchase };
  return { kind: "fits", spare: remaining - quota };
}

/** The verdict in one breath. */
export function verdictText(verdict: Verdict, { verdict: words }: Messages): string {
  switch (verdict.kind) {
    case "unknown":
      return words.unknown;
    case "nothing":
      return words.nothing;
    case "fits":
      return verdict.spare === 0 ? words.fitsExactly : words.fits(verdict.spare);
    case "short":
      return words.short(verdict.shortfall);
  }
}

/** The whole answer as short as it can be said: a screen reader says it again at every change. */
export function spokenEstimate(estimate: Estimate, messages: Messages): string {
  const { verdict: words } = messages;
  const verdict = verdictOf(estimate);
  if (verdict.kind === "nothing") return words.nothing;
  const counts = words.spoken(estimate.images, estimate.quota);
  if (verdict.kind === "fits") return words.spokenFits(counts, verdict.spare);
  return verdict.kind === "short" ? words.spokenShort(counts, verdict.shortfall) : counts;
}
