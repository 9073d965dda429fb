/**
 * Images as rows of a table: one row for each, with what it consumes and why.
 */
import { defaultOptions } from "./options.js";

/** What says where an image is stored may come from a default; what says which it is may not. */
export const imageFields = [...defaultOptions.map(({ field }) => field), "digest", "tag"];

export const explainedHeader = ["row", "verdict", "reason", ...imageFields, "because", "lastScanTime"];

/**
 * @param {import("../npm/index.js").ExplainedImage} explained
 * @returns {string[]}
 */
export function explainedRow({ row, verdict, reason, image, sameAs, charged }) {
  const other = sameAs ?? charged?.by ?? null;
  const because = other ? `row ${other.row}: ${nameOf(other.image)}` : charged?.said ? "charged: true" : "";
  const scanned = charged?.lastScanTime ?? null;
  return [
    String(row),
    verdict,
    reason,
    ...imageFields.map((field) => image[field] ?? ""),
    because,
    scanned === null ? "" : new Date(scanned).toISOString(),
  ];
}

/**
 * `namespace/name:tag`, as far as it is known.
 *
 * @param {import("../npm/index.js").ImageRecord} image
 */
export function nameOf({ repoNamespace, repoName, repoId, tag, digest }) {
  const path = [repoNamespace, repoName ?? repoId].filter((part) => part && part !== "N/A").join("/");
  if (tag) return `${path}:${tag}`;
  return digest ? `${path}@${digest}` : path;
}
