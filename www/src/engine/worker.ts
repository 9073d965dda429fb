/**
 * The engine in a worker of its own: it holds the inventory and answers one request at a time.
 * A new inventory takes the place of the old one only once it has been read to its end.
 */

import init, { estimate, Inventory, suggest } from "scan-precheck";
import type { Answers, Origin, Reply, Request } from "./contract.ts";
import { PageError, toFailure } from "./failure.ts";

const PROGRESS_INTERVAL_MS = 50;

let inventory: Inventory | undefined;
const loads = new Map<number, AbortController>();

function post(reply: Reply): void {
  self.postMessage(reply);
}

async function open(origin: Origin, signal: AbortSignal): Promise<Response | readonly File[]> {
  if (origin.kind === "files") return origin.files;
  let response: Response;
  try {
    response = await fetch(origin.url, { signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new PageError("sample-unavailable", "the sample could not be fetched");
  }
  if (!response.ok)
    throw new PageError("sample-unavailable", `the sample could not be fetched: ${response.status}`);
  return response;
}

async function load(request: Request & { kind: "load" }): Promise<Answers["load"]> {
  const controller = new AbortController();
  loads.set(request.id, controller);
  let reported = 0;
  try {
    // The first numbers need the first part alone; the second comes meanwhile.
    await init({ parts: "estimate" });
    allParts().catch(() => {
      // Who asks for what is in it tries again.
    });
    const source = await open(request.origin, controller.signal);
    const next = await Inventory.load(source, {
      ...(request.settings.cycleStart !== null && { cycleStart: request.settings.cycleStart }),
      signal: controller.signal,
      onProgress: (progress) => {
        const now = performance.now();
        if (now - reported < PROGRESS_INTERVAL_MS) return;
        reported = now;
        post({ kind: "progress", id: request.id, progress });
      },
    });
    inventory?.free();
    inventory = next;
    return next.report;
  } finally {
    loads.delete(request.id);
  }
}

/** The module's second part, which an estimate does not wait for. */
const allParts = (): Promise<void> => init({ parts: "all" });

function loaded(): Inventory {
  if (inventory === undefined) throw new PageError("no-inventory", "no inventory is loaded");
  return inventory;
}

async function answer(request: Request): Promise<Answers[keyof Answers]> {
  switch (request.kind) {
    case "load":
      return load(request);
    case "cancel":
      loads.get(request.load)?.abort();
      return null;
    case "ping":
      return null;
    case "estimate":
      return estimate(loaded(), request.filter, request.options);
    case "suggest":
      await allParts();
      return request.asked.map((asked) => suggest(loaded(), request.filter, asked));
  }
}

self.addEventListener("message", (event: MessageEvent<Request>) => {
  const { id } = event.data;
  answer(event.data).then(
    (value) => post({ kind: "answer", id, answer: value }),
    (error: unknown) => post({ kind: "failure", id, failure: toFailure(error) }),
  );
});

// A rejection that nobody handles raises nothing in the page: it is told here.
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  post({ kind: "broken", failure: toFailure(event.reason) });
});
