/**
 * The inventories that the user keeps, as the page shows them. As long as nothing was kept, no database is made, and
 * what works with it is not even loaded.
 */

import type { LoadReport } from "scan-precheck";
import { createStore } from "../details/store.ts";
import type { Failure } from "../engine/contract.ts";
import { toFailure } from "../engine/failure.ts";
import type { LoadedInventory } from "../session/state.ts";
import { DATABASE, type KeptInventory } from "./contract.ts";

export const kept = createStore<{
  readonly list: readonly KeptInventory[];
  readonly keeping: boolean;
  readonly failure: Failure | undefined;
}>({ list: [], keeping: false, failure: undefined });

/** Under which id an inventory was kept that is still loaded from elsewhere: a load has one report. */
const ids = new WeakMap<LoadReport, string>();

/** What is kept of the present inventory, if anything is. */
export function keptOf(
  { origin, report }: LoadedInventory,
  list: readonly KeptInventory[],
): KeptInventory | undefined {
  const id = origin.kind === "kept" ? origin.id : ids.get(report);
  return list.find((one) => one.id === id);
}

const load = () => import("./database.ts");

/** Looks at what is kept, and creates nothing for it. */
export async function lookUpKept(): Promise<void> {
  try {
    const databases = await indexedDB.databases();
    if (!databases.some(({ name }) => name === DATABASE)) return;
    const { listInventories } = await load();
    kept.set({ list: await listInventories() });
  } catch {
    // Where the browser keeps nothing there is nothing to list; whoever wants to keep something is told.
  }
}

/** Only what the user says is kept. */
export async function keep(
  name: string,
  { report, settings }: LoadedInventory,
  save: () => Promise<Uint8Array<ArrayBuffer>>,
): Promise<void> {
  if (kept.get().keeping) return;
  kept.set({ keeping: true, failure: undefined });
  try {
    const [{ writeInventory, listInventories }, snapshot] = await Promise.all([load(), save()]);
    const id = crypto.randomUUID();
    await writeInventory(
      {
        id,
        name,
        images: report.images,
        date: Date.now(),
        cycleStart: settings.cycleStart,
        size: snapshot.byteLength,
      },
      snapshot,
    );
    ids.set(report, id);
    kept.set({ list: await listInventories() });
  } catch (error) {
    kept.set({ failure: toFailure(error) });
  }
  kept.set({ keeping: false });
}

export async function forget(id: string): Promise<void> {
  if (kept.get().list.length === 1) return forgetAll();
  await change(async ({ deleteInventory, listInventories }) => {
    await deleteInventory(id);
    return listInventories();
  });
}

export const forgetAll = (): Promise<void> =>
  change(async ({ deleteAll }) => {
    await deleteAll();
    return [];
  });

async function change(
  task: (database: Awaited<ReturnType<typeof load>>) => Promise<readonly KeptInventory[]>,
): Promise<void> {
  try {
    kept.set({ list: await task(await load()), failure: undefined });
  } catch (error) {
    kept.set({ failure: toFailure(error) });
  }
}
