/** A filter by the names and in the forms of the service's own requests. */

import type { FilterField } from "scan-precheck";
import { bareDigest, wireName } from "../../../npm/request.js";
import { FIELDS, type FieldValues } from "../filter/fields.ts";

export function wireParameters(filter: FieldValues): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const field of FIELDS) {
    const values = filter[field];
    if (values === undefined || values.length === 0) continue;
    const given = field === "digests" ? values.map(bareDigest) : values;
    parameters[wireName(field)] = given.join(",");
  }
  return parameters;
}

/** A filter as the page has it, of a request's parameters. */
export function filterOf(parameters: Readonly<Record<string, string>>): FieldValues {
  const filter: { [Field in FilterField]?: readonly string[] } = {};
  for (const field of FIELDS) {
    const list = parameters[wireName(field)];
    if (list !== undefined && list !== "") filter[field] = list.split(",");
  }
  return filter;
}
