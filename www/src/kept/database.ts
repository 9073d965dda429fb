/**
 * Inventories that the user keeps, in the browser's database. What is told of each lies apart from its bytes, so that a
 * list reads little. A connection lasts one task: another window may forget everything at any time.
 */

import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import { PageError } from "../engine/failure.ts";
import { DATABASE, type KeptInventory } from "./contract.ts";

interface Schema extends DBSchema {
  inventories: { key: string; value: KeptInventory };
  snapshots: { key: string; value: Uint8Array<ArrayBuffer> };
}

async function inDatabase<Answer>(
  task: (database: IDBPDatabase<Schema>) => Promise<Answer>,
): Promise<Answer> {
  let database: IDBPDatabase<Schema> | undefined;
  try {
    database = await openDB<Schema>(DATABASE, 1, {
      upgrade(fresh) {
        fresh.createObjectStore("inventories", { keyPath: "id" });
        fresh.createObjectStore("snapshots");
      },
    });
    return await task(database);
  } catch (error) {
    throw toPageError(error);
  } finally {
    database?.close();
  }
}

function toPageError(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  const code = error.name === "QuotaExceededError" ? "storage-full" : "storage-unavailable";
  return new PageError(code, error.message);
}

/** The latest first. */
export const listInventories = (): Promise<readonly KeptInventory[]> =>
  inDatabase(async (database) => {
    const all = await database.getAll("inventories");
    return all.sort((one, other) => other.date - one.date);
  });

export const readSnapshot = (id: string): Promise<Uint8Array<ArrayBuffer>> =>
  inDatabase(async (database) => {
    const snapshot = await database.get("snapshots", id);
    if (snapshot === undefined) throw new PageError("kept-gone", "it was forgotten");
    return snapshot;
  });

/** Both parts or none. */
export const writeInventory = (kept: KeptInventory, snapshot: Uint8Array<ArrayBuffer>): Promise<void> =>
  inDatabase(async (database) => {
    const write = database.transaction(["inventories", "snapshots"], "readwrite");
    await Promise.all([
      write.objectStore("snapshots").put(snapshot, kept.id),
      write.objectStore("inventories").put(kept),
      write.done,
    ]);
  });

export const deleteInventory = (id: string): Promise<void> =>
  inDatabase(async (database) => {
    const write = database.transaction(["inventories", "snapshots"], "readwrite");
    await Promise.all([
      write.objectStore("snapshots").delete(id),
      write.objectStore("inventories").delete(id),
      write.done,
    ]);
  });

/** Nothing is left, not even the database. */
export async function deleteAll(): Promise<void> {
  try {
    await deleteDB(DATABASE);
  } catch (error) {
    throw toPageError(error);
  }
}
