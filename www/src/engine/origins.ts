/** Where an inventory is → what the engine reads it from. */

import type { InventorySource } from "scan-precheck";
import type { Origin } from "./contract.ts";
import { PageError } from "./failure.ts";

export async function sourceOf(origin: Origin, signal: AbortSignal): Promise<InventorySource> {
  if (origin.kind === "files") return origin.files;
  let response: Response;
  try {
    response = await fetch(origin.url, { signal });
    // As a whole, so that it can be read again.
    if (response.ok) return await response.blob();
  } catch (error) {
    if (signal.aborted) throw error;
    throw new PageError("sample-unavailable", "the sample could not be fetched");
  }
  throw new PageError("sample-unavailable", `the sample could not be fetched: ${response.status}`);
}
