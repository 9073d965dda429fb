/**
 * Answers as they are handed out, made here: to make an object in JavaScript costs less than to have the module
 * set its properties one by one. Their shape is that of the module's own answers, property by property.
 */

/** The charge model that is applied where nobody says otherwise. */
const BUILT_IN = "Alibaba Cloud Security Center";

/** Stands between the parts of what most estimates do not have. */
const END = "\0";

/** What the module calls with what it has found. */
export const answers = {
  estimate(
    images,
    quota,
    duplicates,
    charged,
    unknownDigest,
    notScannable,
    unmatchedCount,
    remaining,
    shortfall,
    purchase,
    purchaseStep,
    countBy,
    cycleStart,
    complete,
    details,
  ) {
    const { unmatched, warnings } = detailsOf(details);
    return {
      images,
      quota,
      free: { duplicates, charged },
      unknownDigest,
      notScannable,
      unmatched,
      unmatchedCount,
      remaining: remaining ?? null,
      sufficient: shortfall === undefined ? null : shortfall === 0,
      shortfall: shortfall ?? null,
      purchase: purchase ?? null,
      purchaseStep,
      // Estimates under another model come as a part of its bill.
      chargeModel: { name: BUILT_IN, countBy, cycleStart: cycleStart ?? null },
      complete,
      warnings,
    };
  },

  precheck(requestId, quota, images) {
    return { RequestId: requestId, Data: { ScanImageCount: quota, NeedAuthCount: images } };
  },
};

/**
 * Unmatched values and warnings: how many of the former there are, field and value of each, then code, message
 * and field of each of the latter.
 */
function detailsOf(details) {
  const unmatched = [];
  const warnings = [];
  if (details !== undefined) {
    const parts = details.split(END);
    const end = 1 + 2 * Number(parts[0]);
    for (let at = 1; at < end; at += 2) unmatched.push({ field: parts[at], value: parts[at + 1] });
    for (let at = end; at < parts.length; at += 3) {
      const [code, message, field] = [parts[at], parts[at + 1], parts[at + 2]];
      warnings.push(field === "" ? { code, message } : { code, message, field });
    }
  }
  return { unmatched, warnings };
}
