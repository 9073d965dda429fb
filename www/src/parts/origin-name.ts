/** What an origin is called on the page. */

import type { ExportOrigin, Origin } from "../engine/contract.ts";
import { partsOf } from "../engine/origins.ts";
import type { Messages } from "../messages/en.ts";

export function originName(origin: Origin, messages: Messages): string {
  if (origin.kind === "kept") return origin.name;
  return partsOf(origin)
    .map((part) => partName(part, messages))
    .join(" + ");
}

function partName(part: ExportOrigin, messages: Messages): string {
  if (part.kind === "sample") return messages.inventory.sample;
  if (part.kind === "pasted") return messages.load.pasted;
  const [first] = part.files;
  return part.files.length === 1 && first ? first.name : messages.inventory.files(part.files.length);
}

/** The name of one source of several, to say in which an error is. */
export function sourceName(origin: Origin, source: number, messages: Messages): string {
  if (origin.kind === "kept") return origin.name;
  const names = partsOf(origin).flatMap((part) =>
    part.kind === "files" ? part.files.map(({ name }) => name) : [partName(part, messages)],
  );
  return names[source] ?? originName(origin, messages);
}
