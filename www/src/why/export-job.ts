/** The export under way or done: it goes on while another tab is looked at. */

import { createStore } from "../details/store.ts";
import type { Failure } from "../engine/contract.ts";
import { toFailure } from "../engine/failure.ts";
import type { About } from "../session/session.ts";
import { type Export, writeImages } from "./export-file.ts";

export type Job =
  | { readonly kind: "none" }
  | { readonly kind: "running"; readonly done: number; readonly total: number }
  | { readonly kind: "done"; readonly name: string; readonly url: string; readonly images: number }
  | { readonly kind: "failed"; readonly failure: Failure };

export const exporting = createStore<{ readonly job: Job }>({ job: { kind: "none" } });

let control: AbortController | undefined;

/** Ends what is under way and forgets what is done. */
export function dismissExport(): void {
  control?.abort();
  control = undefined;
  const { job } = exporting.get();
  if (job.kind === "done") URL.revokeObjectURL(job.url);
  exporting.set({ job: { kind: "none" } });
}

export async function startExport({ engine, inventory }: About, wanted: Export): Promise<void> {
  dismissExport();
  const own = new AbortController();
  control = own;
  let images = 0;
  try {
    const file = await writeImages(
      wanted,
      (filter, options) => engine.explain(inventory, filter, options),
      own.signal,
      (done, total) => {
        images = total;
        exporting.set({ job: { kind: "running", done, total } });
      },
    );
    const [name, url] = [`scan-precheck-images.${wanted.format}`, URL.createObjectURL(file)];
    exporting.set({ job: { kind: "done", name, url, images } });
    download(url, name);
  } catch (error) {
    // Who has stopped it knows.
    if (!own.signal.aborted) exporting.set({ job: { kind: "failed", failure: toFailure(error) } });
  }
}

/** As if the link were clicked, which stands there for browsers that ask first. */
function download(url: string, name: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}
