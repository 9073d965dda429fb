/**
 * The face of the package off the main thread: the same questions, answered with promises by a worker. When the worker
 * is lost, the next question gets a new one, which loads again what it is about.
 */
import { makeDisposable } from "./dispose.js";
import { scanPrecheckError } from "./errors.js";
import { Link } from "./worker-link.js";
import { outgoingSource } from "./worker-sources.js";

export { latestOnly } from "./latest.js";

const QUESTIONS = [
  "precheck",
  "estimate",
  "bill",
  "facets",
  "suggest",
  "plan",
  "reconcile",
  "explain",
  "diff",
  "margin",
  "authorize",
  "toSql",
];

/** These are asked of no inventory. */
const WITHOUT_INVENTORY = ["authorize", "toSql"];

/** What is known of each inventory here. */
const states = new WeakMap();

/** Only an engine can make an inventory. */
const making = Symbol("making");

/** Gives back the memory of inventories that were forgotten. */
const forgotten = new FinalizationRegistry(({ link, at }) =>
  link.tell("free", { inventory: at.number }, at.generation),
);

export class RemoteInventory {
  constructor(key, state) {
    if (key !== making) {
      throw scanPrecheckError("wrong-type", "a RemoteInventory cannot be constructed; use engine.load(…)");
    }
    states.set(this, state);
    forgotten.register(this, { link: state.link, at: state.at }, this);
  }

  get images() {
    return this.report.images;
  }

  get report() {
    return stateOf(this).report;
  }

  async save() {
    const state = stateOf(this);
    return state.link.ask("save", { inventory: await numberOf(this) });
  }

  async setChargeModel(...args) {
    const state = stateOf(this);
    await state.link.ask("setChargeModel", { inventory: await numberOf(this), args });
    state.model = args;
  }

  free() {
    const state = states.get(this);
    if (state.freed) return;
    state.freed = true;
    forgotten.unregister(this);
    state.link.tell("free", { inventory: state.at.number }, state.at.generation);
  }
}

makeDisposable(RemoteInventory);

/**
 * Makes an engine: it starts its worker when it is first asked something.
 *
 * @param {{ start?: () => Worker, init?: unknown, deadline?: number, onLost?: (error: Error) => void }} [options]
 */
export function createEngine({ start = startWorker, init, deadline, onLost } = {}) {
  const link = new Link({ start, first: { id: 0, kind: "init", options: init }, deadline, onLost });
  /** @type {(source: unknown, options?: any) => Promise<RemoteInventory>} */
  const load = async (source, { onProgress, signal, ...options } = {}) => {
    const state = newState(link, { kind: "load", source, options });
    await fill(state, { onProgress, signal });
    return new RemoteInventory(making, state);
  };
  const restore = async (snapshot, options) => {
    const state = newState(link, { kind: "restore", snapshot, options });
    await fill(state);
    return new RemoteInventory(making, state);
  };
  const within = (call) =>
    Object.fromEntries(
      QUESTIONS.map((question) => [question, (...args) => askOf(link, question, args, call)]),
    );
  return Object.freeze({ load, restore, ...within(undefined), within, terminate: () => link.end() });
}

function startWorker() {
  // The address stands here as it is written so that bundlers see it.
  return new Worker(new URL("./worker-script.js", import.meta.url), {
    type: "module",
    name: "scan-precheck",
  });
}

const newState = (link, origin) => ({
  link,
  origin,
  at: { number: 0, generation: -1 },
  report: undefined,
  model: undefined,
  filling: undefined,
  freed: false,
});

function stateOf(inventory, what = "the first argument") {
  const state = states.get(inventory);
  if (state === undefined) {
    throw scanPrecheckError("wrong-type", `${what} must be a RemoteInventory, as engine.load(…) gives it`);
  }
  if (state.freed) throw scanPrecheckError("disposed", "the inventory was disposed of; load it again");
  return state;
}

/**
 * Has the worker load what a state stands for.
 *
 * @param {any} state
 * @param {{ onProgress?: Function, signal?: AbortSignal }} [call]
 */
async function fill(state, { onProgress, signal } = {}) {
  const { link, origin } = state;
  const { generation } = link;
  const { number, report } =
    origin.kind === "restore"
      ? await link.load("restore", { snapshot: origin.snapshot, options: origin.options })
      : await loadFrom(state, { onProgress, signal });
  Object.assign(state.at, { number, generation });
  state.report = report;
  if (state.model !== undefined) await link.ask("setChargeModel", { inventory: number, args: state.model });
}

async function loadFrom({ link, origin }, { onProgress, signal }) {
  const { sent, canBeReadAgain, streams } = outgoingSource(origin.source);
  // What is kept of a stream is that there was one.
  if (!canBeReadAgain) origin.source = undefined;
  origin.canBeReadAgain = canBeReadAgain;
  const body = { source: sent, options: origin.options, wantsProgress: onProgress !== undefined };
  try {
    return await link.load("load", body, {
      onProgress,
      signal,
      more: (stream, send) => streams[stream]?.more(send),
    });
  } finally {
    for (const stream of streams) stream.stop();
  }
}

/** The number of an inventory in the worker, which loads it again where its last one was lost. */
async function numberOf(inventory, what) {
  const state = stateOf(inventory, what);
  if (state.at.generation !== state.link.generation) {
    if (state.origin.kind === "load" && !state.origin.canBeReadAgain) {
      throw scanPrecheckError(
        "disposed",
        "the inventory was lost with its worker, and what it was read from can be read only once; load it again",
      );
    }
    state.filling ??= fill(state).finally(() => {
      state.filling = undefined;
    });
    await state.filling;
  }
  return state.at.number;
}

/** The numbers of inventories, all of one worker: while one is loaded again, another may be lost. */
async function numbersOf(link, inventories) {
  while (true) {
    const { generation } = link;
    const numbers = [];
    for (const [inventory, what] of inventories) numbers.push(await numberOf(inventory, what));
    if (link.generation === generation) return numbers;
  }
}

/** Inventories of another engine have numbers of another worker. */
function ensureOwn(link, inventories) {
  for (const [inventory, what] of inventories) {
    if (stateOf(inventory, what).link !== link) {
      throw scanPrecheckError(
        "wrong-type",
        `${what ?? "the first argument"} is an inventory of another engine`,
      );
    }
  }
}

async function askOf(link, question, args, call) {
  if (WITHOUT_INVENTORY.includes(question)) {
    return link.ask("ask", { question, inventories: [], rest: args }, call);
  }
  const inventories = [[args[0]]];
  if (question === "diff") inventories.push([args[1], "the second argument"]);
  const rest = args.slice(inventories.length);
  const isSince = question === "margin" && rest[1]?.earlier !== undefined && rest[1].earlier !== null;
  if (isSince) {
    const { earlier, ...options } = rest[1];
    rest[1] = options;
    inventories.push([earlier, "`earlier`"]);
  }
  ensureOwn(link, inventories);
  const numbers = await numbersOf(link, inventories);
  const earlier = isSince ? numbers.pop() : undefined;
  return link.ask("ask", { question, inventories: numbers, rest, earlier }, call);
}
