/**
 * The eight filter fields: the name a filter gives them, and the column that holds them.
 */
export const FIELDS = [
  ["registryTypes", "RegistryType"],
  ["regionIds", "RegionId"],
  ["instanceIds", "InstanceId"],
  ["repoNamespaces", "RepoNamespace"],
  ["repoIds", "RepoId"],
  ["repoNames", "RepoName"],
  ["digests", "Digest"],
  ["tags", "Tag"],
].map(([key, column], index) => ({ key, column, index }));

/** The columns of the CSV in their order; the JSON's rows have the same fields. */
export const COLUMNS = [...FIELDS.map(({ column }) => column), "LastScanTime"];

export const DIGEST = 6;
export const TAG = 7;

/** Rows whose last scan is not before it are charged. */
export const CYCLE_START = Date.UTC(2026, 10, 1);

/** Fields that a filter restricts, with the values. */
export function restrictions(filter) {
  return FIELDS.filter(({ key }) => filter[key]?.length > 0).map((field) => ({
    ...field,
    values: filter[field.key],
  }));
}
