/**
 * The face of the package: inventories, and the questions that can be asked of them.
 */
import * as module from "../pkg/scan_precheck.js";
import { answers } from "./answers.js";
import { makeDisposable } from "./dispose.js";
import { callOn, thing } from "./engine.js";
import { scanPrecheckError } from "./errors.js";
import { outgoing } from "./filter.js";
import { feed } from "./load.js";
import { withTimes } from "./options.js";
import { restored, snapshotOf } from "./snapshot.js";

/** Only {@link Inventory.load} and {@link Inventory.restore} can make an inventory. */
const making = Symbol("making");

/** Gives back the memory of inventories that were forgotten; those disposed of have left it. */
const forgotten = new FinalizationRegistry((inventory) => {
  try {
    callOn(module.freeInventory, inventory);
  } catch {
    // The module that held it has crashed, and its memory is gone with it.
  }
});

export class Inventory {
  #thing;
  #report;

  constructor(key, number) {
    if (key !== making) {
      throw scanPrecheckError(
        "wrong-type",
        "an Inventory cannot be constructed; use Inventory.load(…) or Inventory.restore(…)",
      );
    }
    this.#thing = thing(number);
    this.#report = callOn(module.report, this.#thing);
    forgotten.register(this, this.#thing, this);
  }

  static async load(source, options) {
    return new Inventory(making, await feed(source, options));
  }

  static restore(snapshot, options) {
    const inventory = new Inventory(making, restored(snapshot, options));
    inventory.#thing.hasModel = callOn(module.hasModel, inventory.#thing);
    return inventory;
  }

  save() {
    return snapshotOf(this.#use());
  }

  get images() {
    return this.report.images;
  }

  get report() {
    this.#use();
    return this.#report;
  }

  setChargeModel(model, options) {
    const thing = this.#use();
    thing.hasModel = callOn(module.setChargeModel, thing, model, withTimes(options));
  }

  free() {
    if (this.#thing === undefined) return;
    forgotten.unregister(this);
    const thing = this.#thing;
    this.#thing = undefined;
    try {
      callOn(module.freeInventory, thing);
    } catch {
      // The module that held it has crashed, and its memory is gone with it.
    }
  }

  #use() {
    if (this.#thing === undefined) {
      throw scanPrecheckError("disposed", "the inventory was disposed of; load it again");
    }
    return this.#thing;
  }

  /** The module's thing behind an inventory; `what` is what a caller knows it by. */
  static thingOf(inventory, what = "the first argument") {
    if (!(typeof inventory === "object" && inventory !== null && #thing in inventory)) {
      throw scanPrecheckError("wrong-type", `${what} must be an Inventory, as Inventory.load(…) gives it`);
    }
    return inventory.#use();
  }
}

makeDisposable(Inventory);

/** The module's thing behind an inventory; for this package alone. */
export const { thingOf } = Inventory;
delete Inventory.thingOf;

export function precheck(inventory, filter) {
  const thing = thingOf(inventory);
  const { text, object } = outgoing(filter);
  return text === undefined
    ? callOn(module.precheck, thing, object)
    : callOn(module.precheckText, thing, text, answers);
}

export function estimate(inventory, filter, options) {
  const thing = thingOf(inventory);
  // What is missing depends on what a model charges, which bills alone know.
  if (thing.hasModel) return callOn(module.bill, thing, filter, options).estimate;
  const { text, object } = outgoing(filter);
  return text === undefined
    ? callOn(module.estimate, thing, object, options)
    : callOn(module.estimateText, thing, text, options, answers);
}

export function bill(inventory, filter, options) {
  return callOn(module.bill, thingOf(inventory), filter, withTimes(options));
}

export function facets(inventory, filter, options) {
  return callOn(module.facets, thingOf(inventory), filter, options);
}

export function suggest(inventory, filter, options) {
  return callOn(module.suggest, thingOf(inventory), filter, options);
}
