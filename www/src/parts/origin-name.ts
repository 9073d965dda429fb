/** What an origin is called on the page. */

import type { Origin } from "../engine/contract.ts";
import type { Messages } from "../messages/en.ts";

export function originName(origin: Origin, messages: Messages): string {
  if (origin.kind === "sample") return messages.inventory.sample;
  const [first] = origin.files;
  return origin.files.length === 1 && first ? first.name : messages.inventory.files(origin.files.length);
}

/** The name of one source of several, to say in which an error is. */
export function sourceName(origin: Origin, source: number, messages: Messages): string {
  const file = origin.kind === "files" ? origin.files[source] : undefined;
  return file?.name ?? originName(origin, messages);
}
