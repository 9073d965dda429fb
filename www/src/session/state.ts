/** What the page knows at a moment: one immutable object, replaced as a whole at every change. */

import type { Estimate, LoadProgress, LoadReport } from "scan-precheck";
import type { Failure, LoadSettings, Origin } from "../engine/contract.ts";
import type { FieldValues } from "../filter/fields.ts";

/** The inventory that answers at present. */
export interface LoadedInventory {
  readonly origin: Origin;
  readonly settings: LoadSettings;
  readonly report: LoadReport;
}

/** A load under way. */
export interface Loading {
  readonly origin: Origin;
  readonly progress: LoadProgress | undefined;
  /** `true` where the engine is started anew and reads again what it held. */
  readonly again: boolean;
  /** When it began, by the clock of `performance.now()`. */
  readonly since: number;
}

/** A load that failed. */
export interface LoadFailure {
  readonly origin: Origin;
  readonly failure: Failure;
  /** Whether an inventory loaded before is still there. */
  readonly kept: boolean;
}

export interface State {
  readonly inventory: LoadedInventory | undefined;
  readonly loading: Loading | undefined;
  /** As the user wants them: those of `inventory`, or of the load under way. */
  readonly settings: LoadSettings;
  readonly loadFailure: LoadFailure | undefined;
  readonly filter: FieldValues;
  readonly remaining: number | undefined;
  /** How often all of this was taken from a link: what shows it as it was typed has to begin anew. */
  readonly taken: number;
  /** The filter of `estimate`. */
  readonly estimated: FieldValues;
  /** Belongs to `filter` and `remaining`, or to those just before while `estimating`. */
  readonly estimate: Estimate | undefined;
  readonly estimating: boolean;
  readonly estimateFailure: Failure | undefined;
  /** The engine was replaced and everything is loaded again. */
  readonly restarted: boolean;
}

export const INITIAL_STATE: State = {
  inventory: undefined,
  loading: undefined,
  settings: { cycleStart: null, defaults: {} },
  loadFailure: undefined,
  filter: {},
  remaining: undefined,
  taken: 0,
  estimated: {},
  estimate: undefined,
  estimating: false,
  estimateFailure: undefined,
  restarted: false,
};
