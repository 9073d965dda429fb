/**
 * A thread of Node in the place of a browser's worker: runs the worker's side over the package as Node has it. It can be
 * told to fail in a way of a worker that does.
 */
import { parentPort, workerData } from "node:worker_threads";
import * as scanPrecheck from "scan-precheck";
import { serve } from "../../npm/worker-serve.js";

const listeners = [];
const scope = {
  addEventListener: (type, listener) => type === "message" && listeners.push(listener),
  postMessage: (message) => parentPort.postMessage(message),
};
if (workerData === "fails to start") throw new Error("it cannot start");
if (workerData !== "silent") serve(scope, scanPrecheck);
parentPort.on("message", (data) => {
  if (data.kind === "ask" && data.question === "estimate") {
    if (workerData === "dies") process.exit(3);
    if (workerData === "throws") throw new Error("thrown outside of every request");
    if (workerData === "breaks")
      return parentPort.postMessage({
        kind: "broken",
        failure: { code: "worker-failed", message: "a rejection that nobody handled" },
      });
    if (workerData === "crashes")
      return parentPort.postMessage({
        id: data.id,
        kind: "failure",
        failure: { code: "crashed", message: "the module crashed" },
      });
    if (workerData === "fails of itself")
      return parentPort.postMessage({
        id: data.id,
        kind: "failure",
        failure: { code: "worker-failed", message: "x is not a function" },
      });
    if (workerData === "says nonsense") return parentPort.postMessage(null);
    if (workerData === "answers nobody") return parentPort.postMessage({ id: -1, kind: "answer", answer: 7 });
  }
  for (const listener of listeners) listener({ data });
  return undefined;
});
