/**
 * Images as rows of a table: one row for each, with what it consumes and why. The command line and the page write the same.
 */

/** Where an image is stored, and which it is. */
export const imageFields = [
  "registryType",
  "regionId",
  "instanceId",
  "repoNamespace",
  "repoId",
  "repoName",
  "digest",
  "tag",
];

export const explainedHeader = ["row", "verdict", "reason", ...imageFields, "because", "lastScanTime"];

/**
 * @param {import("./index.js").ExplainedImage} explained
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
 * @param {import("./index.js").ImageRecord} image
 */
export function nameOf({ repoNamespace, repoName, repoId, tag, digest }) {
  const path = [repoNamespace, repoName ?? repoId].filter((part) => part && part !== "N/A").join("/");
  if (tag) return `${path}:${tag}`;
  return digest ? `${path}@${digest}` : path;
}
