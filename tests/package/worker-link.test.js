/**
 * The page's side of a worker, over workers that answer by hand: the order of answers, deadlines, workers that are lost.
 */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { createEngine, latestOnly } from "scan-precheck/worker";

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

/** An engine over workers that answer by hand, and an inventory in the first. */
async function engineByHand() {
  const workers = [];
  const lost = [];
  const start = () => {
    const worker = Object.assign(new EventTarget(), { sent: [], terminated: false });
    worker.postMessage = (message) => worker.sent.push(message);
    worker.terminate = () => {
      worker.terminated = true;
    };
    worker.say = (data) => worker.dispatchEvent(new MessageEvent("message", { data }));
    worker.answer = (at, answer) => worker.say({ kind: "answer", id: asked(worker)[at].id, answer });
    workers.push(worker);
    return worker;
  };
  const engine = createEngine({ start, onLost: ({ code }) => lost.push(code) });
  const loading = engine.load("Tag\n1\n");
  workers[0].answer(0, { number: 7, report: {} });
  return { engine, workers, lost, inventory: await loading };
}

/** What a worker was asked, without what it is told before all else. */
const asked = ({ sent }) => sent.filter(({ kind }) => kind !== "init");

const codeOf = (promise) =>
  promise.then(
    () => "answered",
    ({ code }) => code,
  );

test("each answer goes to the request that it names", async () => {
  const { engine, workers, inventory } = await engineByHand();
  const first = engine.estimate(inventory);
  const second = engine.estimate(inventory, { tags: "1" });
  await turn();
  workers[0].answer(2, "second");
  workers[0].say({ kind: "answer", id: 99, answer: "nobody's" });
  workers[0].answer(1, "first");
  assert.deepEqual(await Promise.all([first, second]), ["first", "second"]);
});

test("silence rejects everything that is pending, and the next request gets a new worker", async () => {
  const { engine, workers, lost, inventory } = await engineByHand();
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const both = [codeOf(engine.estimate(inventory)), codeOf(engine.explain(inventory))];
  await turn();
  mock.timers.tick(10_000);
  assert.deepEqual(await Promise.all(both), ["no-answer", "no-answer"]);
  mock.timers.reset();
  assert.deepEqual(lost, ["no-answer"]);
  assert.ok(workers[0].terminated);
  const next = engine.estimate(inventory);
  const [load] = asked(workers[1]);
  assert.equal(load.kind, "load");
  workers[0].say({ kind: "answer", id: load.id, answer: { number: 1, report: {} } });
  workers[1].answer(0, { number: 3, report: {} });
  await turn();
  const [, question] = asked(workers[1]);
  // The inventory's number in the new worker, whatever the old one says.
  assert.deepEqual(question.inventories, [3]);
  workers[0].say({ kind: "answer", id: question.id, answer: "from the dead" });
  workers[1].answer(1, "alive");
  assert.equal(await next, "alive");
});

test("a load is watched: a worker that does not answer to a ping is lost, one that does may take its time", async () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  try {
    const { engine, workers, lost } = await engineByHand();
    const loading = codeOf(engine.load("Tag\n2\n"));
    for (let time = 0; time < 20; time += 1) {
      mock.timers.tick(5_000);
      const ping = asked(workers[0]).findLast(({ kind }) => kind === "ping");
      workers[0].say({ kind: "answer", id: ping.id, answer: null });
    }
    assert.deepEqual(lost, []);
    for (let time = 0; time < 8; time += 1) mock.timers.tick(5_000);
    assert.equal(await loading, "no-answer");
    assert.deepEqual(lost, ["no-answer"]);
  } finally {
    mock.timers.reset();
  }
});

test("a load that does not stop when it is told to is stopped with its worker", async () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  try {
    const { engine, workers, lost } = await engineByHand();
    const stop = new AbortController();
    const loading = codeOf(engine.load("Tag\n2\n", { signal: stop.signal }));
    stop.abort();
    assert.equal(asked(workers[0]).at(-1).kind, "cancel");
    mock.timers.tick(2_000);
    assert.equal(await loading, "no-answer");
    assert.ok(lost.length === 1 && workers[0].terminated);
  } finally {
    mock.timers.reset();
  }
});

test("a crash, an error and an unreadable answer each reject all that is pending", async () => {
  const ways = {
    crashed: (worker) =>
      worker.say({ kind: "failure", id: asked(worker)[1].id, failure: { code: "crashed", message: "" } }),
    "worker-failed": (worker) => worker.dispatchEvent(new Event("messageerror")),
    "no-answer": (worker) => worker.say({ kind: "broken", failure: { code: "no-answer", message: "" } }),
  };
  for (const [code, fail] of Object.entries(ways)) {
    const { engine, workers, lost, inventory } = await engineByHand();
    const both = [codeOf(engine.estimate(inventory)), codeOf(engine.estimate(inventory))];
    await turn();
    fail(workers[0]);
    assert.deepEqual(await Promise.all(both), [code, code]);
    assert.deepEqual(lost, [code]);
  }
});

test("a failure of one request alone rejects that one", async () => {
  const { engine, workers, lost, inventory } = await engineByHand();
  const refused = codeOf(engine.estimate(inventory));
  const fine = engine.estimate(inventory);
  await turn();
  const [, { id }] = asked(workers[0]);
  workers[0].say({ kind: "failure", id, failure: { code: "invalid-value", message: "" } });
  workers[0].answer(2, "fine");
  assert.equal(await refused, "invalid-value");
  assert.equal(await fine, "fine");
  assert.deepEqual(lost, []);
});

test("an inventory of another engine is refused, which has the same number there", async () => {
  const [one, other] = [await engineByHand(), await engineByHand()];
  const { engine, inventory, workers } = one;
  for (const question of [
    engine.estimate(other.inventory),
    engine.diff(inventory, other.inventory),
    engine.margin(inventory, {}, { remaining: 1, earlier: other.inventory }),
  ]) {
    await assert.rejects(question, { code: "wrong-type", message: /is an inventory of another engine/ });
  }
  assert.equal(asked(workers[0]).length, 1);
});
