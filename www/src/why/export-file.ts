/**
 * Images page by page → one file. The pages are asked for one ahead of the one that is written, and what is written is
 * handed to the browser in parts: so many images fit as the inventory holds, and the page answers meanwhile.
 */

import type { Explained, ExplainOptions } from "scan-precheck";
import { lineOf } from "../../../npm/csv.js";
import { explainedHeader, explainedRow } from "../../../npm/explained-rows.js";
import type { FieldValues } from "../filter/fields.ts";

export const FORMATS = ["csv", "json"] as const;
export type Format = (typeof FORMATS)[number];

/** Images of one question: so few that the page answers between any two. */
const PAGE = 500;
/** Characters that are kept before the browser gets them. */
const PART = 4_000_000;
/** Programs that open tables take the text for what it is only behind this mark. */
const BYTE_ORDER_MARK = "\u{feff}";

interface Writer {
  readonly type: string;
  begin(first: Explained, filter: FieldValues): string;
  page(images: Explained["images"], isFirst: boolean): string;
  readonly end: string;
}

const WRITERS: Readonly<Record<Format, Writer>> = {
  csv: {
    type: "text/csv;charset=utf-8",
    begin: () => BYTE_ORDER_MARK + lineOf(explainedHeader),
    page: (images) => images.map((image) => lineOf(explainedRow(image))).join(""),
    end: "",
  },
  json: {
    type: "application/json",
    begin: ({ counts, total, complete }, filter) =>
      JSON.stringify({ filter, counts, total, complete, images: [] }).slice(0, -2),
    page: (images, isFirst) =>
      images.map((image, at) => `${isFirst && at === 0 ? "\n" : ",\n"}${JSON.stringify(image)}`).join(""),
    end: "\n]}\n",
  },
};

export interface Export {
  readonly format: Format;
  readonly filter: FieldValues;
  /** Which images, and in which order. */
  readonly options: Pick<ExplainOptions, "reason" | "sort" | "descending">;
}

export async function writeImages(
  { format, filter, options }: Export,
  ask: (filter: FieldValues, options: ExplainOptions) => Promise<Explained>,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<Blob> {
  const { type, begin, page, end } = WRITERS[format];
  const askAt = (offset: number) => {
    const answer = ask(filter, { ...options, offset, limit: PAGE });
    // It is looked at only when its turn has come.
    answer.catch(() => {});
    return answer;
  };
  const parts: Blob[] = [];
  let text = "";
  let next = askAt(0);
  for (let offset = 0; ; offset += PAGE) {
    const explained = await next;
    signal.throwIfAborted();
    const { images, total } = explained;
    const isLast = offset + PAGE >= total;
    if (!isLast) next = askAt(offset + PAGE);
    if (offset === 0) text += begin(explained, filter);
    text += page(images, offset === 0);
    onProgress(Math.min(offset + PAGE, total), total);
    if (isLast) break;
    if (text.length >= PART) {
      parts.push(new Blob([text]));
      text = "";
    }
  }
  return new Blob([...parts, text + end], { type });
}
