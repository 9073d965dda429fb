/**
 * What the user does, in; what the page shows, out. A session owns the engine: it loads inventories,
 * keeps the estimate in step with the filter and brings everything back when the engine has died.
 */

import type { LoadProgress, Suggestions, SuggestOptions } from "scan-precheck";
import { EngineClient, EngineError } from "../engine/client.ts";
import type { Failure, LoadSettings, Origin } from "../engine/contract.ts";
import { isFatal, toFailure } from "../engine/failure.ts";
import { latestOnly } from "../engine/latest.ts";
import { type FieldValues, toFilter } from "../filter/fields.ts";
import { INITIAL_STATE, type State } from "./state.ts";

/** An engine that dies again while it reloads is not started a third time by itself. */
const MOST_RESTARTS = 2;

interface Question {
  readonly filter: FieldValues;
  readonly remaining: number | undefined;
}

const failureOf = (error: unknown): Failure =>
  error instanceof EngineError ? error.failure : toFailure(error);

export class Session {
  #state = INITIAL_STATE;
  readonly #listeners = new Set<() => void>();
  readonly #engine: EngineClient;
  #loadControl: AbortController | undefined;
  #restarts = 0;

  constructor(start: () => Worker) {
    this.#engine = new EngineClient(start, (failure) => this.#bringBack(failure));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): State => this.#state;

  /** Reads an inventory; it takes the place of the present one when it is complete. */
  readonly open = (origin: Origin): void => {
    this.#restarts = 0;
    void this.#load(origin, this.#state.settings, false);
  };

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

  suggest(asked: readonly SuggestOptions[]): Promise<readonly Suggestions[]> {
    return this.#engine.suggest(toFilter(this.#state.filter), asked);
  }

  async #load(origin: Origin, settings: LoadSettings, again: boolean): Promise<void> {
    this.#loadControl?.abort();
    const control = new AbortController();
    this.#loadControl = control;
    this.#set({ loading: { origin, progress: undefined, again }, settings, loadFailure: undefined });
    const onProgress = (progress: LoadProgress) => {
      if (!control.signal.aborted) this.#set({ loading: { origin, progress, again } });
    };
    try {
      const report = await this.#engine.load(origin, settings, onProgress, control.signal);
      // A load that completed before it could be stopped has replaced the inventory all the same.
      this.#estimates.forget();
      this.#set({ inventory: { origin, settings, report } });
      if (!control.signal.aborted) this.#set({ loading: undefined });
      this.#ask();
    } catch (error) {
      const failure = failureOf(error);
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

  /** The engine is gone, and with it the inventory: where that came from is known, so it is read again. */
  #bringBack(failure: Failure): void {
    this.#estimates.forget();
    this.#restarts += 1;
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
    ({ filter, remaining }: Question) =>
      this.#engine.estimate(toFilter(filter), remaining === undefined ? {} : { remaining }),
    (estimate) => {
      this.#restarts = 0;
      this.#set({ estimate, estimating: false, estimateFailure: undefined });
    },
    (error) => {
      const failure = failureOf(error);
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
