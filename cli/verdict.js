/**
 * Does the scan fit? The answer's verdict, and the exit code that says it to a pipeline.
 */

/** Everything fits, or there was nothing to compare with. */
export const FITS = 0;
/** The command or an input could not be understood. */
export const FAILED = 1;
/** More is needed than remains, or than may be used. */
export const TOO_MUCH = 2;
/** The service replied other numbers than are counted here, so that what is said of them may be wrong. */
export const OTHER_NUMBERS = 3;

/**
 * @param {import("../npm/index.js").Bill} bill
 * @param {{ maxQuota?: number }} settings
 * @param {import("../npm/index.js").Reconciliation} [reconciliation]
 */
export function verdictOf({ estimate, units }, { maxQuota }, reconciliation) {
  const withinMaxQuota = maxQuota === undefined ? null : !exceeds(units, maxQuota);
  const { sufficient } = estimate;
  const equalsReply = reconciliation?.equal ?? null;
  const tooMuch = sufficient === false || withinMaxQuota === false;
  const exitCode = equalsReply === false ? OTHER_NUMBERS : tooMuch ? TOO_MUCH : FITS;
  return { exitCode, sufficient, maxQuota: maxQuota ?? null, withinMaxQuota, equalsReply };
}

/** Whether an exact decimal is above a whole number. */
export function exceeds(decimal, limit) {
  const [whole, fraction = ""] = decimal.split(".");
  const difference = BigInt(whole) - BigInt(limit);
  return difference > 0n || (difference === 0n && /[1-9]/.test(fraction));
}
