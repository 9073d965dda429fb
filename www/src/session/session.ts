/**
 * What the user does, in; what the page shows, out. A session owns the engine: it loads inventories,
 * keeps the estimate in step with the filter and brings everything back when the engine has died.
 */

import type { Filter, LoadProgress, RowDefaults, Suggestions, SuggestOptions } from "scan-precheck";
import {
  createEngine,
  type Engine,
  latestOnly,
  type Questions,
  type RemoteInventory,
} from "scan-precheck/worker";
import type { Failure, LoadSettings, Origin } from "../engine/contract.ts";
import { isFatal, PageError, toFailure } from "../engine/failure.ts";
import { type LoadedOrigin, sourceOf, together } from "../engine/origins.ts";
import { type FieldValues, toFilter } from "../filter/fields.ts";
import type { Linked } from "../link/codec.ts";
import { INITIAL_STATE, type State } from "./state.ts";

/** An engine that dies again while it reloads is not started a third time by itself. */
const MOST_RESTARTS = 2;

interface Question {
  readonly filter: FieldValues;
  readonly remaining: number | undefined;
}

/** What a question is asked with: whom, of which inventory, under which filter and with which quota left. */
export interface About {
  readonly engine: Questions;
  readonly inventory: RemoteInventory;
  readonly filter: Filter;
  readonly remaining: number | undefined;
}

/** A file that cannot be read has changed or moved since it was chosen: browsers then give nothing of it any more. */
const ofFile = (failure: Failure, origin: Origin): Failure =>
  failure.code === "unreadable" && (origin.kind === "files" || origin.kind === "several")
    ? { ...failure, code: "file-unreadable" }
    : failure;

export class Session {
  #state = INITIAL_STATE;
  readonly #listeners = new Set<() => void>();
  readonly #engine: Engine;
  #inventory: RemoteInventory | undefined;
  #loadControl: AbortController | undefined;
  #restarts = 0;

  constructor(start: () => Worker) {
    this.#engine = createEngine({ start, onLost: (error) => this.#bringBack(toFailure(error)) });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): State => this.#state;

  /** Reads an inventory; it takes the place of the present one when it is complete. */
  readonly open = (origin: Origin): void => {
    this.#restarts = 0;
    const { settings } = this.#state;
    // A cycle that the user or a link gave goes before the one that an inventory was kept with.
    const cycleStart = settings.cycleStart ?? (origin.kind === "kept" ? origin.cycleStart : null);
    void this.#load(origin, { cycleStart, defaults: {} }, false);
  };

  /** Reads more into the present inventory: all of it anew, since pages of one export belong together. */
  readonly add = (origin: LoadedOrigin): void => {
    const { inventory, settings } = this.#state;
    const base = inventory?.origin;
    if (base === undefined || base.kind === "kept") this.open(origin);
    else void this.#load(together(base, origin), settings, false);
  };

  /** Reads the present inventory again with values for what its export lacks. */
  readonly setDefaults = (defaults: RowDefaults): void => {
    const { inventory, settings } = this.#state;
    if (inventory !== undefined) void this.#load(inventory.origin, { ...settings, defaults }, false);
  };

  /** The present inventory as bytes to keep. */
  readonly save = async (): Promise<Uint8Array<ArrayBuffer>> => this.#loaded().save();

  readonly setCycleStart = (cycleStart: number | null): void => {
    const { inventory, loading, settings } = this.#state;
    if (cycleStart === settings.cycleStart) return;
    const origin = loading?.origin ?? inventory?.origin;
    if (origin !== undefined) void this.#load(origin, { ...settings, cycleStart }, false);
  };

  readonly cancelLoad = (): void => {
    const { loading, inventory, settings } = this.#state;
    this.#loadControl?.abort();
    // Stopped while it is read again, the inventory is nowhere any more.
    if (loading?.again) this.#set({ inventory: undefined, estimate: undefined, restarted: false });
    this.#set({ loading: undefined, settings: inventory?.settings ?? settings });
  };

  readonly dismissLoadFailure = (): void => this.#set({ loadFailure: undefined });
  readonly dismissRestarted = (): void => this.#set({ restarted: false });

  readonly setFilter = (filter: FieldValues): void => {
    this.#set({ filter });
    this.#ask();
  };

  readonly setRemaining = (remaining: number | undefined): void => {
    if (remaining === this.#state.remaining) return;
    this.#set({ remaining });
    this.#ask();
  };

  /** Asks what a link says, all at once. */
  readonly takeUp = ({ filter, remaining, cycleStart }: Linked): void => {
    this.#set({ filter, remaining, taken: this.#state.taken + 1 });
    if (this.#state.inventory === undefined && this.#state.loading === undefined) {
      this.#set({ settings: { ...this.#state.settings, cycleStart } });
      return;
    }
    // A load asks by itself when it is complete.
    this.setCycleStart(cycleStart);
    if (this.#state.loading === undefined) this.#ask();
  };

  /** What the page shows at the moment, for a part of it that asks by itself. */
  about(): About {
    const { filter, remaining } = this.#state;
    return { engine: this.#engine, inventory: this.#loaded(), filter: toFilter(filter), remaining };
  }

  async suggest(asked: readonly SuggestOptions[]): Promise<readonly Suggestions[]> {
    const [inventory, filter] = [this.#loaded(), toFilter(this.#state.filter)];
    return Promise.all(asked.map((options) => this.#engine.suggest(inventory, filter, options)));
  }

  #loaded(): RemoteInventory {
    if (this.#inventory === undefined) throw new PageError("no-inventory", "no inventory is loaded");
    return this.#inventory;
  }

  async #load(origin: Origin, settings: LoadSettings, again: boolean): Promise<void> {
    this.#loadControl?.abort();
    const control = new AbortController();
    this.#loadControl = control;
    const since = performance.now();
    this.#set({ loading: { origin, progress: undefined, again, since }, settings, loadFailure: undefined });
    const onProgress = (progress: LoadProgress) => {
      if (!control.signal.aborted) this.#set({ loading: { origin, progress, again, since } });
    };
    try {
      const { signal } = control;
      const next = await this.#read(origin, settings, onProgress, signal);
      if (signal.aborted) {
        next.free();
        return;
      }
      this.#inventory?.free();
      this.#inventory = next;
      this.#estimates.forget();
      this.#set({ inventory: { origin, settings, report: next.report }, loading: undefined });
      this.#ask();
    } catch (error) {
      const failure = ofFile(toFailure(error), origin);
      // Where the engine died, `#bringBack` has decided already what happens next.
      if (control.signal.aborted || isFatal(failure)) return;
      if (again) this.#set({ inventory: undefined, estimate: undefined, restarted: false });
      const { inventory } = this.#state;
      this.#set({
        loading: undefined,
        loadFailure: { origin, failure, kept: inventory !== undefined },
        settings: inventory?.settings ?? settings,
      });
    }
  }

  async #read(
    origin: Origin,
    { cycleStart, defaults }: LoadSettings,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<RemoteInventory> {
    if (origin.kind === "kept") {
      const { readSnapshot } = await import("../kept/database.ts");
      const restored = await this.#engine.restore(await readSnapshot(origin.id));
      // The cycle that it was kept with holds where no other is given.
      if (cycleStart !== origin.cycleStart) await restored.setChargeModel(undefined, { cycleStart });
      return restored;
    }
    const source = await sourceOf(origin, signal);
    return this.#engine.load(source, {
      ...(cycleStart !== null && { cycleStart }),
      defaults,
      onProgress,
      signal,
    });
  }

  /** The engine is gone, and with it the inventory: where that came from is known, so it is read again. */
  #bringBack(failure: Failure): void {
    this.#estimates.forget();
    this.#restarts += 1;
    this.#inventory = undefined;
    const { inventory, loading } = this.#state;
    const reload = inventory !== undefined && this.#restarts <= MOST_RESTARTS;
    const lost =
      loading !== undefined && !loading.again ? loading.origin : reload ? undefined : inventory?.origin;
    this.#set({ loading: undefined, estimating: false, restarted: reload });
    if (reload) void this.#load(inventory.origin, inventory.settings, true);
    else this.#set({ inventory: undefined, estimate: undefined });
    if (lost !== undefined) this.#set({ loadFailure: { origin: lost, failure, kept: reload } });
  }

  readonly #estimates = latestOnly(
    async ({ filter, remaining }: Question) =>
      this.#engine.estimate(this.#loaded(), toFilter(filter), remaining === undefined ? {} : { remaining }),
    (estimate, { filter }) => {
      this.#restarts = 0;
      this.#set({ estimate, estimated: filter, estimating: false, estimateFailure: undefined });
    },
    (error) => {
      const failure = toFailure(error);
      if (!isFatal(failure)) this.#set({ estimating: false, estimateFailure: failure });
    },
  );

  #ask(): void {
    const { inventory, loading, filter, remaining } = this.#state;
    // While the engine reads the inventory again it has nothing to answer from.
    if (inventory === undefined || loading?.again) return;
    this.#set({ estimating: true });
    this.#estimates.ask({ filter, remaining });
  }

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
