/** A filter by the names and in the forms of the service's own requests. */

import type { FilterField } from "scan-precheck";
import { bareDigest } from "../../../npm/request.js";
import { FIELDS, type FieldValues } from "../filter/fields.ts";

/** The request parameter of each field. */
const WIRE: Record<FilterField, string> = {
  registryTypes: "RegistryTypes",
  regionIds: "RegionIds",
  instanceIds: "InstanceIds",
  repoNamespaces: "RepoNamespaces",
  repoNames: "RepoNames",
  repoIds: "RepoIds",
  tags: "Tags",
  digests: "Digests",
};

export function wireParameters(filter: FieldValues): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const field of FIELDS) {
    const values = filter[field];
    if (values === undefined || values.length === 0) continue;
    const given = field === "digests" ? values.map(bareDigest) : values;
    parameters[WIRE[field]] = given.join(",");
  }
  return parameters;
}

/** A filter as the page has it, of a request's parameters. */
export function filterOf(parameters: Readonly<Record<string, string>>): FieldValues {
  const filter: { [Field in FilterField]?: readonly string[] } = {};
  for (const field of FIELDS) {
    const list = parameters[WIRE[field]];
    if (list !== undefined && list !== "") filter[field] = list.split(",");
  }
  return filter;
}
