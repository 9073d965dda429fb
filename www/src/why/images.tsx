/** The images one by one, page by page: what each consumes and why. */

import Alert from "@cloudscape-design/components/alert";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { useCallback, useMemo, useRef, useState } from "react";
import type { ExplainOptions, NamedImage } from "scan-precheck";
import { nameOf } from "../../../npm/explained-rows.js";
import { active, SELECTIONS, type Selection } from "../details/active.ts";
import { useStore } from "../details/store.ts";
import type { TabProps } from "../details/tabs.ts";
import { useAnswer } from "../details/use-answer.ts";
import { useArrival } from "../details/use-arrival.ts";
import type { Failure } from "../engine/contract.ts";
import { toFailure } from "../engine/failure.ts";
import { useMessages } from "../messages/context.ts";
import type { About } from "../session/session.ts";
import { FORMATS, type Format } from "./export-file.ts";
import { startExport } from "./export-job.ts";
import { ExportStatus } from "./export-status.tsx";
import { SORTED_BY } from "./image-columns.tsx";
import { placeOf } from "./image-place.ts";
import { useImagePreferences } from "./image-preferences.ts";
import { ImageTable, type Order, type Page } from "./image-table.tsx";
import { InventoryText } from "./inventory-text.tsx";
import { Preferences } from "./preferences.tsx";
import { countOf, countsOf, REASONS_OF } from "./selections.ts";

interface Question {
  readonly order: Order;
  readonly options: ExplainOptions;
}

const pageOf = async ({ engine, inventory, filter }: About, { order, options }: Question): Promise<Page> => ({
  order,
  offset: options.offset ?? 0,
  explained: await engine.explain(inventory, filter, options),
});

const INVENTORY_ORDER: Order = { column: "row", descending: false };

/** A place in one list; in another list it is none. */
interface Place {
  readonly list: string;
  readonly about: readonly unknown[];
  readonly page: number;
  readonly sought: number | undefined;
}

export function Images({ state, session }: TabProps) {
  const messages = useMessages();
  const { why, errors, load } = messages;
  const words = why.images;
  const { filter, inventory, estimate } = state;
  const { selection } = useStore(active);
  const [preferences, setPreferences] = useImagePreferences();
  const [order, setOrder] = useState(INVENTORY_ORDER);
  const [place, setPlace] = useState<Place>();
  const [outside, setOutside] = useState<NamedImage>();
  const [seekFailure, setSeekFailure] = useState<Failure>();
  const part = useArrival<HTMLElement>();
  const { pageSize } = preferences;

  const listOf = (wanted: Selection, { column, descending }: Order) =>
    `${wanted} ${column} ${descending} ${pageSize}`;
  const list = listOf(selection, order);
  const isHere =
    place !== undefined && place.list === list && place.about[0] === filter && place.about[1] === inventory;
  const page = isHere ? place.page : 1;
  const sought = isHere ? place.sought : undefined;
  const goTo = (next: number, row?: number, inList = list) =>
    setPlace({ list: inList, about: [filter, inventory], page: next, sought: row });

  const options = useMemo(
    () => ({
      reason: REASONS_OF[selection],
      sort: SORTED_BY[order.column] ?? null,
      descending: order.descending,
    }),
    [selection, order],
  );
  const question = useMemo(
    () => ({ order, options: { ...options, offset: (page - 1) * pageSize, limit: pageSize } }),
    [order, options, page, pageSize],
  );
  const { answer, failure: listFailure } = useAnswer(session, state, question, pageOf);
  const failure = listFailure ?? seekFailure;
  const counts = answer?.explained.counts;
  const total = answer?.explained.total ?? 0;

  const seek = useRef<(image: NamedImage) => Promise<void>>(async () => {});
  seek.current = async (image) => {
    let at: number | undefined;
    try {
      setSeekFailure(undefined);
      at = await placeOf(session.about(), image.row);
    } catch (error) {
      setSeekFailure(toFailure(error));
      return;
    }
    if (at === undefined) {
      setOutside(image);
      part.current?.focus();
      return;
    }
    setOutside(undefined);
    active.set({ selection: "covered" });
    setOrder(INVENTORY_ORDER);
    goTo(Math.floor(at / pageSize) + 1, image.row, listOf("covered", INVENTORY_ORDER));
  };
  const onSeek = useCallback((image: NamedImage) => void seek.current(image), []);
  const told = (choice: Selection) =>
    counts ? countOf(counts, choice) : estimate && countsOf(estimate)[choice];

  return (
    <section className="stack why" ref={part} tabIndex={-1} aria-label={words.tab}>
      <SegmentedControl
        label={words.which}
        selectedId={selection}
        options={SELECTIONS.map((id) => ({ id, text: words.selections(words.selected[id], told(id) ?? 0) }))}
        onChange={({ detail }) => active.set({ selection: detail.selectedId as Selection })}
      />
      {failure && (
        <Alert type="error" header={words.failed}>
          {errors[failure.code]} <span lang="en">{failure.message}</span>
        </Alert>
      )}
      {outside && (
        <Alert
          type="info"
          dismissible
          dismissAriaLabel={load.dismiss}
          onDismiss={() => {
            setOutside(undefined);
            part.current?.focus();
          }}
        >
          <InventoryText>{nameOf(outside.image)}</InventoryText> {words.outside}
        </Alert>
      )}
      <ExportStatus onDismissed={() => part.current?.focus()} />
      {answer && (
        <>
          <Header
            variant="h3"
            description={words.range(
              Math.min(answer.offset + 1, total),
              answer.offset + answer.explained.images.length,
              total,
            )}
            actions={
              <ButtonDropdown
                items={FORMATS.map((id) => ({ id, text: words.exportAs(id.toUpperCase()) }))}
                disabled={total === 0}
                onItemClick={({ detail }) =>
                  void startExport(session.about(), { format: detail.id as Format, filter, options })
                }
              >
                {words.export}
              </ButtonDropdown>
            }
          >
            {words.selected[selection]}
          </Header>
          <div className="image-pages">
            <Pagination
              currentPageIndex={page}
              pagesCount={Math.max(1, Math.ceil(total / pageSize))}
              jumpToPage={{}}
              ariaLabels={{ paginationLabel: words.pages }}
              onChange={({ detail }) => goTo(detail.currentPageIndex)}
            />
            <Preferences preferences={preferences} onPreferences={setPreferences} />
          </div>
          <ImageTable
            page={answer}
            contentDisplay={preferences.contentDisplay}
            sought={sought}
            onSeek={onSeek}
            onOrder={setOrder}
          />
        </>
      )}
    </section>
  );
}
