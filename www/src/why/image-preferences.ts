/** How the images are laid out: how many on a page, and which columns in which order. Kept between visits. */

import type { CollectionPreferencesProps } from "@cloudscape-design/components/collection-preferences";
import { useState } from "react";
import { read, write } from "../preferences/stored.ts";

export const PAGE_SIZES = [25, 50, 100] as const;

/** In the order in which they stand unless somebody wants another. */
export const COLUMNS = [
  "row",
  "image",
  "registryTypes",
  "regionIds",
  "instanceIds",
  "repoNamespaces",
  "repoNames",
  "repoIds",
  "tags",
  "digests",
  "verdict",
  "reason",
  "scanned",
] as const;
export type Column = (typeof COLUMNS)[number];

const HIDDEN: readonly Column[] = ["repoNamespaces", "repoNames", "repoIds", "tags", "scanned"];
const KEY = "images";

interface Shown {
  readonly id: Column;
  readonly visible: boolean;
}

export interface ImagePreferences {
  readonly pageSize: number;
  readonly contentDisplay: readonly Shown[];
}

const DEFAULTS: ImagePreferences = {
  pageSize: 50,
  contentDisplay: COLUMNS.map((id) => ({ id, visible: !HIDDEN.includes(id) })),
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** What is usable of what was stored, by this version or another. */
function usable(value: unknown): ImagePreferences {
  if (!isObject(value)) return DEFAULTS;
  const { pageSize, contentDisplay } = value;
  const stored = (Array.isArray(contentDisplay) ? contentDisplay : []).filter(
    (item): item is Shown => isObject(item) && COLUMNS.includes(item.id as Column),
  );
  const known = new Map(stored.map(({ id, visible }) => [id, visible === true]));
  const missing = DEFAULTS.contentDisplay.filter(({ id }) => !known.has(id));
  return {
    pageSize: PAGE_SIZES.find((size) => size === pageSize) ?? DEFAULTS.pageSize,
    contentDisplay: [
      ...Array.from(known, ([id, visible]) => ({ id, visible: visible || id === "image" })),
      ...missing,
    ],
  };
}

function stored(): ImagePreferences {
  try {
    return usable(JSON.parse(read(KEY) ?? "null"));
  } catch {
    return DEFAULTS;
  }
}

export type SetImagePreferences = (chosen: CollectionPreferencesProps.Preferences) => void;

export function useImagePreferences(): [ImagePreferences, SetImagePreferences] {
  const [preferences, setPreferences] = useState(stored);
  const choose = (chosen: CollectionPreferencesProps.Preferences) => {
    const next = usable(chosen);
    write(KEY, JSON.stringify(next));
    setPreferences(next);
  };
  return [preferences, choose];
}
