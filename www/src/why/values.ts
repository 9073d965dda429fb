/**
 * The values of a field with what each comes to: those with the most images or quota, those in the filter, and what all
 * of them come to together.
 */

import type { Counted, Estimate, Facets, FilterField } from "scan-precheck";
import { FIELDS, type FieldValues, splitValues } from "../filter/fields.ts";
import type { About } from "../session/session.ts";

export type Rank = "quota" | "images";

export interface ValuesQuestion {
  readonly field: FilterField;
  readonly rank: Rank;
  /** How many values are to be shown. */
  readonly shown: number;
  readonly filter: FieldValues;
}

export interface FieldValue extends Counted {
  readonly value: string;
  /** Whether the filter names it. */
  readonly chosen: boolean;
}

export interface Values {
  readonly question: ValuesQuestion;
  /** In falling order; behind them those of the filter that are not among the first. */
  readonly values: readonly FieldValue[];
  /** How many of them are the first ones. */
  readonly first: number;
  /** Values that have an image. */
  readonly total: number;
  /** Values of the filter that are not told. */
  readonly chosenUntold: number;
  readonly absent: Counted;
  /** What all values come to together: what a scan consumes that does not filter by this field. */
  readonly together: Counted;
  /** The sum over the values that are known, and whether these are all. */
  readonly sum: { readonly quota: number; readonly whole: boolean };
  /** `undefined` where no other value can have more; else among how many values they were looked for. */
  readonly among: number | undefined;
}

/** The engine ranks by images; what it gives is nearly always enough to say which have the most quota, too. */
const ENOUGH = 1_000;
/** The engine gives no more than this in one answer. */
const MOST = 10_000;
/** Values of the filter that are counted one by one. */
const MOST_CHOSEN = 10;

const DIGEST_PREFIX = /^sha256:/i;

/** A value as the engine compares it. */
export const compared = (field: FilterField, value: string): string =>
  field === "digests" ? value.replace(DIGEST_PREFIX, "").toLowerCase() : value;

/** The engine splits at commas and drops blanks around a value: one that has them cannot be asked for. */
export const canBeAskedFor = (value: string): boolean => {
  const [only, ...more] = splitValues(value);
  return only === value && more.length === 0;
};

/** The filter with a value of a field in addition, or without it where it is there. */
export function toggled(filter: FieldValues, field: FilterField, value: string): FieldValues {
  const before = filter[field] ?? [];
  const left = before.filter((item) => compared(field, item) !== value);
  const values = left.length < before.length ? left : [...before, value];
  return Object.fromEntries(
    FIELDS.map((name) => [name, name === field ? values : filter[name]] as const).filter(
      ([, items]) => items !== undefined && items.length > 0,
    ),
  );
}

export const without = (filter: FieldValues, field: FilterField): FieldValues =>
  Object.fromEntries(Object.entries(filter).filter(([name]) => name !== field));

/**
 * The quota that a value can have at most which was not told: no more images than the last one told, no more quota than
 * images, and a digest, where digests are what is charged, no more than one.
 */
function untoldAtMost({ values, total }: Facets, field: FilterField, { chargeModel }: Estimate): number {
  if (values.length === total) return 0;
  const images = values.at(-1)?.images ?? 0;
  return field === "digests" && chargeModel.countBy === "digest" ? Math.min(images, 1) : images;
}

function ranked({ values }: Facets, rank: Rank): readonly ({ readonly value: string } & Counted)[] {
  return rank === "images" ? values : values.toSorted((a, b) => b.quota - a.quota || b.images - a.images);
}

const isProven = (facets: Facets, { field, rank, shown }: ValuesQuestion, together: Estimate): boolean =>
  rank === "images" ||
  (ranked(facets, rank)[Math.min(shown, facets.total) - 1]?.quota ?? 0) >=
    untoldAtMost(facets, field, together);

export async function valuesOf(about: About, question: ValuesQuestion): Promise<Values> {
  const { engine, inventory } = about;
  const { field, rank, shown, filter } = question;
  const others = without(filter, field);
  const facetsOf = (limit: number) => engine.facets(inventory, filter, { field, limit });
  const [together, enough] = await Promise.all([
    engine.estimate(inventory, others),
    facetsOf(Math.max(ENOUGH, rank === "images" ? shown : 0)),
  ]);
  const facets = isProven(enough, question, together) ? enough : await facetsOf(MOST);
  const chosen = new Set((filter[field] ?? []).map((value) => compared(field, value)));
  const mark = (value: { readonly value: string } & Counted): FieldValue => ({
    ...value,
    chosen: chosen.has(value.value),
  });
  const first = ranked(facets, rank).slice(0, shown).map(mark);
  const told = new Set(first.map(({ value }) => value));
  const missing = [...chosen].filter((value) => !told.has(value));
  const known = new Map(facets.values.map((counted) => [counted.value, counted]));
  const behind = await Promise.all(
    missing.slice(0, MOST_CHOSEN).map(async (value) => {
      const { images, quota } =
        known.get(value) ?? (await engine.estimate(inventory, { ...others, [field]: [value] }));
      return { value, images, quota, chosen: true };
    }),
  );
  return {
    question,
    values: [...first, ...behind],
    first: first.length,
    total: facets.total,
    chosenUntold: missing.length - behind.length,
    absent: facets.absent,
    together,
    sum: {
      quota: facets.values.reduce((sum, { quota }) => sum + quota, facets.absent.quota),
      whole: facets.values.length === facets.total,
    },
    among: isProven(facets, question, together) ? undefined : facets.values.length,
  };
}
