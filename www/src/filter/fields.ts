/** The eight filter fields in the order in which the page shows them, and a filter as the page keeps it. */

import type { Filter, FilterField } from "scan-precheck";

export const FIELDS: readonly FilterField[] = [
  "registryTypes",
  "regionIds",
  "instanceIds",
  "repoNamespaces",
  "repoNames",
  "repoIds",
  "tags",
  "digests",
];

/** The values of each field that filters; a field without values is absent. */
export type FieldValues = { readonly [Field in FilterField]?: readonly string[] };

/** A {@link FieldValues} is a filter of the package as it stands. */
export const toFilter = (values: FieldValues): Filter => values;

export const isEmpty = (values: FieldValues): boolean => Object.keys(values).length === 0;

/** A field with more values than this is edited as a text: a list to tick would be too long to render and to read. */
const MOST_TICKED = 200;

export const isTicked = (values: readonly string[] | undefined): boolean =>
  values === undefined || values.length <= MOST_TICKED;

/** The rule of the engine: half-width commas separate, blanks around a value and empty items are dropped. */
export const splitValues = (text: string): string[] =>
  text
    .split(",")
    .map((value) => value.trim())
    .filter((value) => value !== "");
