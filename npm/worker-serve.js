/**
 * The worker's side: it holds inventories by number and answers one request at a time.
 */
import { errorOf, failureOf } from "./errors.js";

const PROGRESS_INTERVAL = 50;

/** Which parts of the module answer; for all else the second has to be there. */
const PARTS = { precheck: "estimate", estimate: "estimate", authorize: "extra", toSql: "extra" };

/** Answers the messages that come to a scope, such as `self`, by the functions of the package. */
export function serve(scope, { default: init, Inventory, ...questions }) {
  const inventories = new Map();
  const loads = new Map();
  let lastNumber = 0;
  let initOptions;

  const post = (reply) => scope.postMessage(reply);
  const allParts = () => init({ ...initOptions, parts: "all" });

  function keep(inventory) {
    lastNumber += 1;
    inventories.set(lastNumber, inventory);
    return { number: lastNumber, report: inventory.report };
  }

  async function load({ id, source, options, wantsProgress }) {
    const stop = new AbortController();
    // What waits for a piece of each of its streams goes with the load.
    const waiting = new Map();
    loads.set(id, { stop, waiting });
    let reported = 0;
    try {
      // The first numbers need the first part alone; the second comes meanwhile.
      await (options?.chargeModel === undefined ? init({ ...initOptions, parts: "estimate" }) : allParts());
      allParts().catch(() => {
        // Who asks for what is in it tries again.
      });
      const onProgress = (progress) => {
        const now = performance.now();
        if (now - reported < PROGRESS_INTERVAL) return;
        reported = now;
        post({ id, kind: "progress", progress });
      };
      const more = wantsProgress ? { onProgress } : {};
      return keep(
        await Inventory.load(incoming(id, source, waiting), { ...options, ...more, signal: stop.signal }),
      );
    } finally {
      loads.delete(id);
    }
  }

  function incoming(id, { one, several }, waiting) {
    const source = ({ value, stream }) => (stream === undefined ? value : piecesOf(id, stream, waiting));
    return several === undefined ? source(one) : several.map(source);
  }

  async function* piecesOf(id, stream, waiting) {
    while (true) {
      const next = new Promise((resolve) => waiting.set(stream, resolve));
      post({ id, kind: "more", stream });
      const { piece, end, failure } = await next;
      if (failure !== undefined) throw errorOf(failure);
      if (end) return;
      yield piece;
    }
  }

  async function ask({ question, inventories: numbers, rest, earlier }) {
    const parts = PARTS[question] ?? "all";
    if (parts !== "estimate") await init({ ...initOptions, parts });
    const [filter, options] = rest;
    const given = earlier === undefined ? options : { ...options, earlier: inventories.get(earlier) };
    return questions[question](...numbers.map((number) => inventories.get(number)), filter, given);
  }

  async function answer(request) {
    switch (request.kind) {
      case "load":
        return load(request);
      case "restore":
        await allParts();
        return keep(Inventory.restore(request.snapshot, request.options));
      case "cancel":
        loads.get(request.load)?.stop.abort();
        return null;
      case "ping":
        return null;
      case "ask":
        return ask(request);
      case "save":
        await allParts();
        return inventories.get(request.inventory).save();
      case "setChargeModel":
        await allParts();
        inventories.get(request.inventory).setChargeModel(...request.args);
        return null;
      default:
        throw new Error(`the worker does not know \`${request.kind}\`; both sides must be of one version`);
    }
  }

  scope.addEventListener("message", ({ data }) => {
    const { id, kind } = data;
    if (kind === "init") initOptions = data.options;
    else if (kind === "piece") loads.get(id)?.waiting.get(data.stream)?.(data);
    else if (kind === "free") {
      inventories.get(data.inventory)?.free();
      inventories.delete(data.inventory);
    } else {
      answer(data).then(
        (answer) => post({ id, kind: "answer", answer }),
        (error) => post({ id, kind: "failure", failure: failureOf(error) }),
      );
    }
  });

  // A rejection that nobody handles raises nothing in the page: it is told here.
  scope.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    post({ kind: "broken", failure: failureOf(event.reason) });
  });
}
