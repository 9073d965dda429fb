/**
 * Values to choose from while the user types, with what each would add. They are asked of the engine
 * for the present filter, so they are forgotten as soon as that filter changes.
 */

import type { PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import { useEffect, useMemo, useRef, useState } from "react";
import type { FilterField, Suggestions } from "scan-precheck";
import { latestOnly } from "scan-precheck/worker";
import type { Messages } from "../messages/en.ts";
import { useNoticeable } from "../parts/delayed.ts";
import type { Session } from "../session/session.ts";
import type { LoadedInventory } from "../session/state.ts";
import { FIELDS, type FieldValues, isTicked } from "./fields.ts";

const PAGE = 50;
/** The engine gives no more than this in one answer. */
const MOST = 1_000;
/** No value is longer in practice, and looking up a longer text would only keep the engine from answering. */
const LONGEST_TEXT = 500;
/** Of each field, while the text does not yet name one. */
const PER_FIELD = 5;

interface Question {
  readonly fields: readonly FilterField[];
  readonly text: string;
  readonly limit: number;
}

interface Found {
  readonly options: readonly PropertyFilterProps.FilteringOption[];
  readonly status: "idle" | "waiting" | "more" | "finished" | "error";
  /** How many values there are of the one field asked for. */
  readonly total: number;
  readonly shown: number;
}

const NOTHING: Found = { options: [], status: "idle", total: 0, shown: 0 };

export interface SuggestionProps {
  readonly filteringOptions: readonly PropertyFilterProps.FilteringOption[];
  readonly filteringStatusType: PropertyFilterProps.StatusType;
  readonly filteringFinishedText: string;
  readonly onLoadItems: NonNullable<PropertyFilterProps["onLoadItems"]>;
}

/** Options found before stay in the list: a value that was ticked must not vanish while another is looked up. */
function merge(
  fresh: readonly PropertyFilterProps.FilteringOption[],
  known: readonly PropertyFilterProps.FilteringOption[],
): PropertyFilterProps.FilteringOption[] {
  const key = ({ propertyKey, value }: PropertyFilterProps.FilteringOption) => `${propertyKey} ${value}`;
  const have = new Set(fresh.map(key));
  return [...fresh, ...known.filter((option) => !have.has(key(option)))];
}

const toOptions = (fields: readonly FilterField[], answers: readonly Suggestions[], { filter }: Messages) =>
  answers.flatMap(({ suggestions }, index) =>
    suggestions.map(({ value, images, quota }) => ({
      propertyKey: fields[index] ?? "",
      value,
      tags: [filter.adds(images, quota)],
      // A digest is also found with its algorithm in front.
      ...(fields[index] === "digests" && { filteringTags: [`sha256:${value}`] }),
    })),
  );

export function useSuggestions(
  session: Session,
  filter: FieldValues,
  inventory: LoadedInventory,
  messages: Messages,
): SuggestionProps {
  const [found, setFound] = useState(NOTHING);
  const texts = useRef(messages);
  texts.current = messages;

  const latest = useMemo(
    () =>
      latestOnly(
        ({ fields, text, limit }: Question) =>
          session.suggest(fields.map((field) => ({ field, text, limit }))),
        (answers, { fields }) => {
          const options = toOptions(fields, answers, texts.current);
          const total = fields.length === 1 ? (answers[0]?.total ?? 0) : 0;
          const shown = fields.length === 1 ? options.length : 0;
          const status = shown < Math.min(total, MOST) ? "more" : "finished";
          setFound((before) => ({
            options: merge(options, before.options).slice(0, MOST),
            status,
            total,
            shown,
          }));
        },
        () => setFound((before) => ({ ...before, status: "error" })),
      ),
    [session],
  );

  useEffect(() => {
    latest.forget();
    setFound(NOTHING);
  }, [latest, filter, inventory, messages]);

  const onLoadItems: SuggestionProps["onLoadItems"] = ({ detail }) => {
    const field = detail.filteringProperty?.key as FilterField | undefined;
    const text = detail.filteringText.trim();
    // Without a field and without a text there is nothing to suggest but the fields themselves; a list
    // that was pasted is no part of any value.
    const pasted = text.includes(",") || text.length > LONGEST_TEXT;
    if (pasted || (field === undefined && text === "")) {
      latest.forget();
      setFound(NOTHING);
      return;
    }
    const more = detail.firstPage ? 0 : found.shown;
    setFound((before) => ({ ...before, status: "waiting" }));
    latest.ask({
      fields: field === undefined ? FIELDS : [field],
      text,
      limit: field === undefined ? PER_FIELD : Math.min(more + PAGE, MOST),
    });
  };

  // Values in the filter are not suggested, but the editor of a token needs them to show as ticked.
  const options = useMemo(() => {
    const chosen = FIELDS.filter((field) => isTicked(filter[field])).flatMap((field) =>
      (filter[field] ?? []).map((value) => ({ propertyKey: field, value, tags: [messages.filter.selected] })),
    );
    return merge(found.options, chosen);
  }, [found.options, filter, messages]);

  const waiting = useNoticeable(found.status === "waiting");
  const cut = found.status === "finished" && found.shown < found.total;
  return {
    filteringOptions: options,
    filteringStatusType:
      found.status === "error"
        ? "error"
        : waiting
          ? "loading"
          : found.status === "finished"
            ? "finished"
            : "pending",
    filteringFinishedText: cut ? messages.filter.narrow(found.shown, found.total) : "",
    onLoadItems,
  };
}
