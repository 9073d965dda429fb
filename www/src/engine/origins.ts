/** Where an inventory is → what the engine reads it from. */

import type { ByteSource } from "scan-precheck";
import type { ExportOrigin, Origin } from "./contract.ts";
import { PageError } from "./failure.ts";

/** An origin that is read from exports, and not one that was kept. */
export type LoadedOrigin = Exclude<Origin, { readonly kind: "kept" }>;

export const partsOf = (origin: LoadedOrigin): readonly ExportOrigin[] =>
  origin.kind === "several" ? origin.parts : [origin];

/** Both together. Files come into one list, as if they had been chosen at once. */
export function together(origin: LoadedOrigin, added: LoadedOrigin): Origin {
  const parts = [...partsOf(origin)];
  for (const part of partsOf(added)) {
    const last = parts.at(-1);
    if (part.kind === "files" && last?.kind === "files") {
      parts[parts.length - 1] = { kind: "files", files: [...last.files, ...part.files] };
    } else parts.push(part);
  }
  const [first] = parts;
  return first !== undefined && parts.length === 1 ? first : { kind: "several", parts };
}

export async function sourceOf(origin: LoadedOrigin, signal: AbortSignal): Promise<readonly ByteSource[]> {
  const sources = await Promise.all(partsOf(origin).map((part) => exportOf(part, signal)));
  return sources.flat();
}

async function exportOf(origin: ExportOrigin, signal: AbortSignal): Promise<readonly ByteSource[]> {
  if (origin.kind === "files") return origin.files;
  if (origin.kind === "pasted") return [origin.text];
  let response: Response;
  try {
    response = await fetch(origin.url, { signal });
    // As a whole, so that it can be read again.
    if (response.ok) return [await response.blob()];
  } catch (error) {
    if (signal.aborted) throw error;
    throw new PageError("sample-unavailable", "the sample could not be fetched");
  }
  throw new PageError("sample-unavailable", `the sample could not be fetched: ${response.status}`);
}
