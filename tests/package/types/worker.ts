// Calls of the worker's face: good ones compile, and bad ones do not.
import type { Estimate, Inventory } from "scan-precheck";
import {
  createEngine,
  type Engine,
  latestOnly,
  type Questions,
  type RemoteInventory,
  type WorkerError,
} from "scan-precheck/worker";

const engine: Engine = createEngine({
  start: () => new Worker(new URL("scan-precheck/worker-script", import.meta.url), { type: "module" }),
  init: { module: "/scan_precheck_bg.wasm" },
  deadline: 1_000,
  onLost: ({ code, message }: WorkerError) => console.log(code === "no-answer", message),
});
using inventory: RemoteInventory = await engine.load(new Blob([]), {
  cycleStart: 0,
  onProgress: console.log,
});
const earlier = await engine.restore(await inventory.save());
const { quota }: Estimate = await engine.estimate(inventory, { tags: "1" }, { remaining: 3 });
const { values } = await engine.facets(inventory, undefined, { field: "tags" });
const patient: Questions = engine.within({ deadline: 60_000, signal: AbortSignal.timeout(1) });
console.log(quota, values[0]?.value, (await patient.diff(earlier, inventory)).after.quota);
console.log((await engine.margin(inventory, {}, { remaining: 1, earlier })).flipsAt);
await inventory.setChargeModel({ countBy: "image" });
const latest = latestOnly(
  (text: string) => engine.suggest(inventory, {}, { field: "tags", text }),
  (answer, text) => console.log(answer.suggestions.length, text.length),
  console.error,
);
latest.ask("1");
latest.forget();
engine.terminate();

// @ts-expect-error answers are awaited
const images: number = engine.estimate(inventory).images;
// @ts-expect-error an inventory of this thread is none of the worker's
engine.estimate({} as Inventory);
// @ts-expect-error there is no such option
createEngine({ workers: 2 });
// @ts-expect-error a question is asked of an inventory
engine.precheck({ tags: "1" });
console.log(images);
