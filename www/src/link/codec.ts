/**
 * What is asked as the fragment of a link, and back: `#tags=latest,stable&remaining=900&cycleStart=2026-11-01`.
 *
 * It holds the question alone, never anything of the inventory. Nobody knows who wrote a link: what cannot be read
 * is left out and named.
 */

import type { FilterField } from "scan-precheck";
import { FIELDS, type FieldValues } from "../filter/fields.ts";
import { dayStart, dayText } from "./day.ts";

/** What a link says. */
export interface Linked {
  readonly filter: FieldValues;
  readonly remaining: number | undefined;
  /** Midnight of a day in the reader's time zone, in milliseconds since 1970. */
  readonly cycleStart: number | null;
  /** Which tab stands open; the first where it is none. */
  readonly tab: string;
}

export interface Read {
  readonly linked: Linked;
  /** The names of the parts that could not be read, as they stand in the link. */
  readonly dropped: readonly string[];
}

export const NOTHING: Linked = { filter: {}, remaining: undefined, cycleStart: null, tab: "" };

/** Longer links are cut by programs through which people send them. */
export const MOST_TO_SHARE = 8_000;
/** No link is longer that this page wrote; to take one apart would keep the page busy. */
export const MOST_TO_READ = 100_000;
/** A name that is told has so many characters at most. */
const NAME_SHOWN = 40;

/** Half of a surrogate pair, which no address can hold. */
const HALF_OF_A_PAIR = /\p{Surrogate}/gu;

/** As `encodeURIComponent` has it, but for what may stand in a fragment and reads better as it is. */
const encode = (text: string): string =>
  encodeURIComponent(text.replace(HALF_OF_A_PAIR, "\ufffd")).replace(/%(?:3A|2F|40)/g, decodeURIComponent);

/** The fragment, without its `#`; empty where nothing is asked. */
export function toFragment({ filter, remaining, cycleStart, tab }: Linked): string {
  const parts = FIELDS.flatMap((field) => {
    const values = filter[field];
    return values && values.length > 0 ? [`${field}=${values.map(encode).join(",")}`] : [];
  });
  if (remaining !== undefined) parts.push(`remaining=${remaining}`);
  if (cycleStart !== null) parts.push(`cycleStart=${dayText(cycleStart)}`);
  if (tab !== "") parts.push(`tab=${encode(tab)}`);
  return parts.join("&");
}

function decode(text: string): string | undefined {
  try {
    // Where a program wrote a blank as a form does.
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

/** The values of a list; `undefined` where one cannot be read. */
function valuesOf(list: string): string[] | undefined {
  const values = new Set<string>();
  for (const item of list.split(",")) {
    const value = decode(item);
    if (value === undefined) return undefined;
    // A comma within a value would part it again where the filter is read.
    for (const one of value.split(",")) if (one.trim() !== "") values.add(one.trim());
  }
  return [...values];
}

/** Reads a fragment, with or without its `#`. */
export function fromFragment(fragment: string): Read {
  const text = fragment.replace(/^#/, "");
  if (text.length > MOST_TO_READ) return { linked: NOTHING, dropped: [`${text.slice(0, NAME_SHOWN)}…`] };
  const filter: { [Field in FilterField]?: readonly string[] } = {};
  let { remaining, cycleStart, tab } = NOTHING;
  const seen = new Set<string>();
  const dropped: string[] = [];
  for (const part of text.split("&").filter((one) => one !== "")) {
    const [name = "", ...rest] = part.split("=");
    const value = rest.join("=");
    const field = FIELDS.find((known) => known === name);
    const drop = () => dropped.push(name.slice(0, NAME_SHOWN));
    // Which of two would be meant, nobody can say.
    if (seen.has(name)) {
      drop();
      continue;
    }
    seen.add(name);
    if (field !== undefined) {
      const values = valuesOf(value);
      if (values === undefined) drop();
      else if (values.length > 0) filter[field] = values;
    } else if (name === "remaining" && /^\d{1,15}$/.test(value)) remaining = Number(value);
    else if (name === "cycleStart" && dayStart(value) !== undefined) cycleStart = dayStart(value) ?? null;
    else if (name === "tab" && /^[a-z-]{1,20}$/.test(value)) tab = value;
    else drop();
  }
  return { linked: { filter, remaining, cycleStart, tab }, dropped };
}
