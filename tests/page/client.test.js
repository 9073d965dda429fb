/** The page's side of the worker without a browser: the order of answers, deadlines, and a worker that fails. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { runnerImport } from "vite";
import { inRoot } from "./support.js";

const load = async (file) =>
  (await runnerImport(inRoot(`www/src/engine/${file}`), { configFile: false, logLevel: "error" })).module;
const { latestOnly } = await load("latest.ts");
const { EngineClient } = await load("client.ts");

/** Questions whose answers are given by hand, in any order. */
function byHand() {
  const asked = [];
  const run = (question) => new Promise((resolve, reject) => asked.push({ question, resolve, reject }));
  return { asked, run };
}

test("of a quick sequence only the last question is asked next, and only its answer is shown", async () => {
  const { asked, run } = byHand();
  const shown = [];
  const latest = latestOnly(run, (answer) => shown.push(answer), assert.fail);
  for (const question of ["p", "pa", "pay"]) latest.ask(question);
  assert.deepEqual(
    asked.map(({ question }) => question),
    ["p"],
  );
  asked[0].resolve("answer to p");
  await turn();
  assert.deepEqual(shown, []);
  assert.deepEqual(
    asked.map(({ question }) => question),
    ["p", "pay"],
  );
  asked[1].resolve("answer to pay");
  await turn();
  assert.deepEqual(shown, ["answer to pay"]);
});

test("what was forgotten is never shown, neither as an answer nor as a failure", async () => {
  const { asked, run } = byHand();
  const shown = [];
  const latest = latestOnly(run, (answer) => shown.push(answer), assert.fail);
  latest.ask("old");
  latest.forget();
  latest.ask("new");
  asked[0].reject(new Error("too late"));
  await turn();
  asked[1].resolve("answer to new");
  await turn();
  assert.deepEqual(shown, ["answer to new"]);
});

/** A client over workers that answer by hand. */
function client() {
  const workers = [];
  const lost = [];
  const start = () => {
    const worker = Object.assign(new EventTarget(), { sent: [], terminated: false });
    worker.postMessage = (message) => worker.sent.push(message);
    worker.terminate = () => {
      worker.terminated = true;
    };
    worker.say = (data) => worker.dispatchEvent(new MessageEvent("message", { data }));
    workers.push(worker);
    return worker;
  };
  return { workers, lost, engine: new EngineClient(start, (failure) => lost.push(failure.code)) };
}

const codeOf = (promise) =>
  promise.then(
    () => "answered",
    (error) => error.failure.code,
  );

test("each answer goes to the request that it names", async () => {
  const { engine, workers } = client();
  const first = engine.estimate({}, {});
  const second = engine.estimate({ tags: "1" }, {});
  const [worker] = workers;
  worker.say({ kind: "answer", id: worker.sent[1].id, answer: "second" });
  worker.say({ kind: "answer", id: 99, answer: "nobody's" });
  worker.say({ kind: "answer", id: worker.sent[0].id, answer: "first" });
  assert.deepEqual(await Promise.all([first, second]), ["first", "second"]);
});

test("silence rejects everything that is pending, and the next request gets a new worker", async () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const { engine, workers, lost } = client();
  const both = [codeOf(engine.estimate({}, {})), codeOf(engine.suggest({}, []))];
  mock.timers.tick(10_000);
  assert.deepEqual(await Promise.all(both), ["no-answer", "no-answer"]);
  mock.timers.reset();
  assert.deepEqual(lost, ["no-answer"]);
  assert.ok(workers[0].terminated);
  const next = engine.estimate({}, {});
  workers[0].say({ kind: "answer", id: workers[1].sent[0].id, answer: "from the dead" });
  workers[1].say({ kind: "answer", id: workers[1].sent[0].id, answer: "alive" });
  assert.equal(await next, "alive");
});

test("a crash, an error and an unreadable answer each reject all that is pending", async () => {
  const ways = {
    crashed: (worker) =>
      worker.say({ kind: "failure", id: worker.sent[0].id, failure: { code: "crashed", message: "" } }),
    "worker-failed": (worker) => worker.dispatchEvent(new Event("messageerror")),
    "no-answer": (worker) => worker.say({ kind: "broken", failure: { code: "no-answer", message: "" } }),
  };
  for (const [code, fail] of Object.entries(ways)) {
    const { engine, workers, lost } = client();
    const both = [codeOf(engine.estimate({}, {})), codeOf(engine.estimate({}, {}))];
    fail(workers[0]);
    assert.deepEqual(await Promise.all(both), [code, code]);
    assert.deepEqual(lost, [code]);
  }
});

test("a failure of one request alone rejects that one", async () => {
  const { engine, workers, lost } = client();
  const refused = codeOf(engine.estimate({}, {}));
  const fine = engine.estimate({}, {});
  const [{ sent, say }] = workers;
  say({ kind: "failure", id: sent[0].id, failure: { code: "invalid-value", message: "" } });
  say({ kind: "answer", id: sent[1].id, answer: "fine" });
  assert.equal(await refused, "invalid-value");
  assert.equal(await fine, "fine");
  assert.deepEqual(lost, []);
});
