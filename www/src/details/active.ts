/**
 * Which tab stands open behind the answer, and what is chosen in it: a number anywhere on the page can lead to the
 * images that it counts.
 */

import type { FilterField } from "scan-precheck";
import { createStore } from "./store.ts";

/** Which images are listed: those of one number of the estimate. */
export const SELECTIONS = [
  "covered",
  "quota",
  "sameDigest",
  "alreadyCharged",
  "unknownDigest",
  "notScannable",
] as const;
export type Selection = (typeof SELECTIONS)[number];

export interface Active {
  /** The first one where it is none of the tabs. */
  readonly tab: string;
  /** Of the tab of images. */
  readonly selection: Selection;
  /** Of the tab of values. */
  readonly field: FilterField;
  /** Somebody was led to the tab from elsewhere, and the focus has to come along. */
  readonly arriving: boolean;
}

export const active = createStore<Active>({
  tab: "",
  selection: "covered",
  field: "registryTypes",
  arriving: false,
});

/** Leads to the images behind a number. */
export const showImages = (selection: Selection): void =>
  active.set({ tab: "images", selection, arriving: true });

/** Leads to the values of a field. */
export const showField = (field: FilterField): void => active.set({ tab: "by-field", field, arriving: true });
