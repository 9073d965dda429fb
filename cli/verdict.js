/**
 * Does the scan fit? The answer's verdict, and the exit code that says it to a pipeline.
 */

/** Everything fits, or there was nothing to compare with. */
export const FITS = 0;
/** The command or an input could not be understood. */
export const FAILED = 1;
/** More is needed than remains, or than may be used. */
export const TOO_MUCH = 2;

/**
 * @param {import("../npm/index.js").Bill} bill
 * @param {{ maxQuota?: number }} settings
 */
export function verdictOf({ estimate, units }, { maxQuota }) {
  const withinMaxQuota = maxQuota === undefined ? null : !exceeds(units, maxQuota);
  const { sufficient } = estimate;
  const exitCode = sufficient === false || withinMaxQuota === false ? TOO_MUCH : FITS;
  return { exitCode, sufficient, maxQuota: maxQuota ?? null, withinMaxQuota };
}

/** Whether an exact decimal is above a whole number. */
export function exceeds(decimal, limit) {
  const [whole, fraction = ""] = decimal.split(".");
  const difference = BigInt(whole) - BigInt(limit);
  return difference > 0n || (difference === 0n && /[1-9]/.test(fraction));
}
