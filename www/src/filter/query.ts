/**
 * A filter as the tokens of the property filter and back. There is one token a field, whatever the
 * user adds: values of one field are alternatives, fields narrow each other, and no other combination
 * can be expressed.
 */

import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import type { FilterField } from "scan-precheck";
import { FIELDS, type FieldValues, splitValues } from "./fields.ts";

const isField = (key: string | undefined): key is FilterField => FIELDS.includes(key as FilterField);

function valuesOf(token: PropertyFilterProps.Token): string[] {
  const value: unknown = token.value;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item) => typeof item === "string").flatMap(splitValues);
}

export function toQuery(filter: FieldValues): PropertyFilterProps.Query {
  const tokens = FIELDS.flatMap((field) => {
    const values = filter[field];
    return values ? [{ propertyKey: field, operator: "=", value: [...values] }] : [];
  });
  return { tokens, operation: "and" };
}

/** What a query says, and the texts in it that name no field. */
export function fromQuery(query: PropertyFilterProps.Query): { filter: FieldValues; fieldless: string[] } {
  const filter: { [Field in FilterField]?: string[] } = {};
  const fieldless: string[] = [];
  for (const token of query.tokens) {
    const values = valuesOf(token);
    if (!isField(token.propertyKey)) {
      fieldless.push(...values);
      continue;
    }
    const merged = new Set([...(filter[token.propertyKey] ?? []), ...values]);
    if (merged.size > 0) filter[token.propertyKey] = [...merged];
  }
  return { filter, fieldless };
}
