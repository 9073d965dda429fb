/**
 * What is asked, drawn from the inventory itself and the same for the same inventory.
 */
import { FIELDS } from "./fields.mjs";
import { sfc32 } from "./random.mjs";
import { typing } from "./typing.mjs";

/** A query is wide where more than this share of the rows matches. */
export const WIDE = 0.05;

/** @param {import("./oracle.mjs").Oracle} oracle */
export function workload(oracle, seed) {
  const random = sfc32(seed ^ 0xf117e5);
  const { rows } = oracle;
  const byFrequency = Object.fromEntries(FIELDS.map(({ key, column }) => [key, ranked(rows, column)]));
  const some = (key, count) => {
    const values = byFrequency[key];
    const step = Math.max(1, Math.floor(values.length / count));
    return values.filter((_, rank) => rank % step === 0).slice(0, count);
  };
  const common = (key, rank = 0) => byFrequency[key][Math.min(rank, byFrequency[key].length - 1)];
  const rare = (key) => byFrequency[key].at(-1);
  const row = rows.find(({ RepoName }) => RepoName === common("repoNames", 3)) ?? rows[0];
  const other = rows.find((one) => one.RegistryType !== row.RegistryType);
  const filters = {
    "no filter": {},
    "one registry type": { registryTypes: ["acr"] },
    "two registry types": { registryTypes: ["harbor", "quay"] },
    "one region": { regionIds: [common("regionIds", 1)] },
    "one instance": { instanceIds: [common("instanceIds")] },
    "common namespace": { repoNamespaces: [common("repoNamespaces")] },
    "rare namespace": { repoNamespaces: [rare("repoNamespaces")] },
    "common repository": { repoNames: [common("repoNames")] },
    "rare repository": { repoIds: [rare("repoIds")] },
    "tag `latest`": { tags: ["latest"] },
    "rare tag": { tags: [rare("tags")] },
    "500 repository names": { repoNames: byFrequency.repoNames.slice(0, 500) },
    "5,000 tags": { tags: some("tags", 5_000) },
    "100 digests": { digests: some("digests", 100) },
    "type and region": { registryTypes: ["acr"], regionIds: [common("regionIds")] },
    "namespace and `latest`": { repoNamespaces: some("repoNamespaces", 20), tags: ["latest", "stable"] },
    "type, region, namespaces": {
      registryTypes: ["acr", "harbor"],
      regionIds: [common("regionIds"), common("regionIds", 1)],
      repoNamespaces: byFrequency.repoNamespaces.slice(0, 50),
    },
    "five fields": {
      registryTypes: ["acr", "harbor", "quay"],
      regionIds: byFrequency.regionIds.slice(0, 4),
      instanceIds: byFrequency.instanceIds.slice(0, 8),
      repoNamespaces: byFrequency.repoNamespaces.slice(0, 200),
      tags: byFrequency.tags.slice(0, 500),
    },
    "two fields, no match": { registryTypes: [other.RegistryType], repoIds: [row.RepoId] },
    "three fields, no match": {
      regionIds: [row.RegionId],
      instanceIds: [other.InstanceId],
      repoIds: [row.RepoId],
    },
  };
  const queries = Object.entries(filters).map(([name, filter]) => ({ name, filter }));
  const narrowed = {
    registryTypes: ["acr", "harbor"],
    repoNamespaces: byFrequency.repoNamespaces.slice(0, 5),
  };
  const tagged = { ...narrowed, tags: ["latest", common("tags", 9)] };
  const facets = [{}, { registryTypes: ["acr"] }, narrowed, tagged].map((filter) => ({ filter, limit: 50 }));
  const suggestions = ["", "1.", "1.2", "2024", "la", "a", "ef0", "zzz"].flatMap((text) =>
    [{}, tagged].map((filter) => ({ filter, request: { field: "tags", text, limit: 20 } })),
  );
  return { queries, typing: typing(byFrequency, random), facets, suggestions };
}

/** The values of a column, the most frequent first; of equally frequent ones the lesser. */
function ranked(rows, column) {
  const counts = new Map();
  for (const row of rows) counts.set(row[column], (counts.get(row[column]) ?? 0) + 1);
  return [...counts.keys()].sort(
    (left, right) => counts.get(right) - counts.get(left) || (left < right ? -1 : 1),
  );
}
