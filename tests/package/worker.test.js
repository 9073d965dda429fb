/**
 * The face off the main thread, over real threads: the same answers as without a worker, sources of every kind, and
 * whatever can happen to a worker.
 */
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { Worker as Thread } from "node:worker_threads";
import * as direct from "scan-precheck";
import { createEngine, latestOnly, RemoteInventory } from "scan-precheck/worker";
import { read, rows } from "./support.js";

const sample = read("www/public/sample-inventory.json");
const threads = new Set();
const engines = new Set();
after(async () => {
  for (const engine of engines) engine.terminate();
  await Promise.all([...threads].map((thread) => thread.terminate()));
});

/** A thread with the face of a browser's worker. */
function start(fault) {
  const thread = new Thread(new URL("./worker-thread.js", import.meta.url), { workerData: fault });
  threads.add(thread);
  return {
    addEventListener(type, listener) {
      if (type === "message") thread.on("message", (data) => listener({ data }));
      if (type === "messageerror") thread.on("messageerror", listener);
      if (type === "error") {
        thread.on("error", (error) => listener({ message: error.message }));
        thread.on("exit", (code) => code !== 0 && listener({ message: `it ended with ${code}` }));
      }
    },
    postMessage: (message, transfer) => thread.postMessage(message, transfer),
    terminate: () => thread.terminate(),
  };
}

/** An engine whose first worker has a fault, and every other none. */
function engineOf({ fault, ...options } = {}) {
  const started = [];
  const lost = [];
  const engine = createEngine({
    start() {
      started.push(fault);
      return start(started.length === 1 ? fault : undefined);
    },
    onLost: ({ code }) => lost.push(code),
    ...options,
  });
  engines.add(engine);
  return { engine, started, lost };
}

const codeOf = (promise) =>
  promise.then(
    () => "answered",
    ({ name, code }) => `${name === "ScanPrecheckError" ? "" : `${name}: `}${code}`,
  );

const withoutId = ({ RequestId, ...reply }) => reply;

const within = (face, question) => Object.entries(face).find(([name]) => name === question)[1];

describe("a worker answers as the package does", () => {
  const { engine } = engineOf();
  const filter = { registryTypes: ["acr"] };
  const questions = {
    estimate: [filter, { remaining: 3 }],
    bill: [filter, { remaining: 3 }],
    facets: [filter, { field: "repoNamespaces" }],
    suggest: [{}, { field: "tags", text: "1" }],
    plan: [filter, { remaining: 10, by: "repoNamespaces" }],
    reconcile: [filter, { images: 5, quota: 4 }],
    explain: [filter, { limit: 5 }],
    margin: [filter, { remaining: 1_000 }],
  };

  for (const [question, rest] of Object.entries(questions)) {
    test(question, async () => {
      const [near, far] = [await direct.Inventory.load(sample), await engine.load(sample)];
      assert.deepEqual(await engine[question](far, ...rest), within(direct, question)(near, ...rest));
      assert.deepEqual([far.images, far.report], [near.images, near.report]);
      near.free();
      far.free();
    });
  }

  test("precheck, with a request id of its own", async () => {
    const [near, far] = [await direct.Inventory.load(sample), await engine.load(sample)];
    assert.deepEqual(withoutId(await engine.precheck(far, filter)), withoutId(direct.precheck(near, filter)));
    assert.match((await engine.precheck(far)).RequestId, /^[0-9A-F-]{36}$/);
  });

  test("diff and margin, of two inventories", async () => {
    const earlier = JSON.stringify(rows.slice(0, 3));
    const later = JSON.stringify(rows);
    const near = [await direct.Inventory.load(earlier), await direct.Inventory.load(later)];
    const far = [await engine.load(earlier), await engine.load(later)];
    assert.deepEqual(await engine.diff(...far), direct.diff(...near));
    const dates = { remaining: 100, date: 1_700_604_800_000, earlierDate: 1_700_000_000_000 };
    assert.deepEqual(
      await engine.margin(far[1], {}, { ...dates, earlier: far[0] }),
      direct.margin(near[1], {}, { ...dates, earlier: near[0] }),
    );
  });

  test("a snapshot goes there and back, and so does another charge model", async () => {
    const loaded = await engine.load(sample);
    await loaded.setChargeModel({ countBy: "image" });
    const restored = await engine.restore(await loaded.save());
    const [one, other] = [await engine.estimate(loaded), await engine.estimate(restored)];
    assert.equal(one.chargeModel.countBy, "image");
    assert.deepEqual(one, other);
  });

  test("every source that the package takes", async () => {
    const text = JSON.stringify(rows);
    const bytes = new TextEncoder().encode(text);
    async function* pieces() {
      for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
    }
    const sources = {
      text: () => text,
      bytes: () => bytes,
      buffer: () => bytes.slice().buffer,
      blob: () => new Blob([bytes]),
      rows: () => rows,
      response: () => new Response(text),
      stream: () => new Blob([bytes]).stream(),
      iterable: pieces,
      "compressed stream": () => new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip")),
    };
    for (const [kind, source] of Object.entries(sources)) {
      assert.equal((await engine.load(source())).images, rows.length, kind);
    }
    const several = await engine.load([
      "Tag\n1\n",
      new Response("Tag\n2\n"),
      new Blob(["Tag\n3\n"]).stream(),
    ]);
    assert.equal(several.images, 3);
  });

  test("errors are those of the package, with their places", async () => {
    const inventory = await engine.load(rows);
    await assert.rejects(engine.estimate(inventory, { tgs: "1" }), {
      name: "ScanPrecheckError",
      code: "unknown-key",
      field: "tgs",
      message: /did you mean `tags`/,
    });
    await assert.rejects(engine.load('Tag,RepoName\n1,"web'), {
      code: "unclosed-quote",
      position: { source: 0, line: 2, column: 1, byte: 13 },
    });
    await assert.rejects(engine.load(new Response("", { status: 404 })), {
      code: "unreadable",
      message: /404/,
    });
    await assert.rejects(engine.estimate(inventory, { tags: () => 1 }), {
      code: "wrong-type",
      message: /cannot be sent/,
    });
    await assert.rejects(engine.estimate({}), { code: "wrong-type" });
    await assert.rejects(engine.diff(inventory), { code: "wrong-type", message: /second argument/ });
    assert.throws(() => new RemoteInventory(), { code: "wrong-type" });
    inventory.free();
    inventory.free();
    await assert.rejects(engine.estimate(inventory), { code: "disposed" });
    assert.throws(() => inventory.images, { code: "disposed" });
  });
});

test("progress comes, and a load or a question can be given up", async () => {
  const { engine, lost } = engineOf();
  const large = `Tag,Digest\n${Array.from({ length: 400_000 }, (_, at) => `${at},${at}\n`).join("")}`;
  let reports = 0;
  const inventory = await engine.load(large, { onProgress: ({ rows }) => (reports += rows > 0 ? 1 : 0) });
  assert.equal(inventory.images, 400_000);
  assert.ok(reports > 0);
  const stop = new AbortController();
  const given = codeOf(engine.load(large, { signal: stop.signal, onProgress: () => stop.abort() }));
  assert.equal(await given, "aborted");
  const never = new AbortController();
  const asked = codeOf(engine.within({ signal: never.signal }).estimate(inventory));
  never.abort();
  assert.equal(await asked, "aborted");
  assert.equal(await codeOf(engine.within({ signal: AbortSignal.abort() }).estimate(inventory)), "aborted");
  // A stream that never ends and never gives anything.
  const waiting = new AbortController();
  const endless = codeOf(engine.load(new ReadableStream({}), { signal: waiting.signal }));
  setTimeout(() => waiting.abort(), 50);
  assert.equal(await endless, "aborted");
  assert.equal((await engine.estimate(inventory)).images, 400_000);
  assert.deepEqual(lost, []);
});

describe("when a worker fails, all that is pending is rejected, and the next answer is right", () => {
  const faults = {
    dies: "worker-failed",
    throws: "worker-failed",
    breaks: "worker-failed",
    crashes: "crashed",
    "fails of itself": "worker-failed",
    "says nonsense": "no-answer",
    "answers nobody": "no-answer",
  };
  for (const [fault, code] of Object.entries(faults)) {
    test(`it ${fault}`, async () => {
      const { engine, started, lost } = engineOf({ fault, deadline: 300 });
      const inventory = await engine.load(rows);
      await inventory.setChargeModel({ countBy: "image" });
      const both = [codeOf(engine.estimate(inventory)), codeOf(engine.estimate(inventory))];
      assert.deepEqual(await Promise.all(both), [code, code]);
      const began = performance.now();
      // Two at a time load it once.
      const [{ images, chargeModel }] = await Promise.all([
        engine.estimate(inventory),
        engine.facets(inventory, {}, { field: "tags" }),
      ]);
      assert.deepEqual([images, chargeModel.countBy], [rows.length, "image"]);
      assert.ok(performance.now() - began < 2_000);
      assert.deepEqual([started.length, lost], [2, [code]]);
    });
  }

  for (const [fault, code] of [
    ["fails to start", "worker-failed"],
    ["silent", "no-answer"],
  ]) {
    test(`it ${fault}`, async () => {
      const { engine, started } = engineOf({ fault });
      const first = fault === "silent" ? engine.load(rows, { signal: soon() }) : engine.load(rows);
      assert.equal(await codeOf(first), code);
      assert.equal((await engine.load(rows)).images, rows.length);
      assert.equal(started.length, 2);
    });
  }

  test("what was read from a stream cannot be loaded again, and says so", async () => {
    const { engine } = engineOf({ fault: "crashes" });
    const inventory = await engine.load(new Response("Tag\n1\n"));
    assert.equal(await codeOf(engine.estimate(inventory)), "crashed");
    await assert.rejects(engine.estimate(inventory), {
      code: "disposed",
      message: /read only once; load it again/,
    });
  });

  test("a start that throws is told", async () => {
    const engine = createEngine({
      start() {
        throw new Error("no workers here");
      },
    });
    await assert.rejects(engine.load(rows), { code: "worker-failed", message: /no workers here/ });
  });

  test("what is asked of an engine that was ended is rejected, and so is what it was asked before", async () => {
    const { engine, lost } = engineOf();
    const inventory = await engine.load(rows);
    const pending = codeOf(engine.estimate(inventory));
    engine.terminate();
    assert.equal(await pending, "disposed");
    assert.equal(await codeOf(engine.estimate(inventory)), "disposed");
    assert.deepEqual(lost, []);
  });

  const soon = () => AbortSignal.timeout(50);
});

test("the memory of inventories that are disposed of comes back, in the worker too", async () => {
  const { engine } = engineOf();
  const table = `Tag,Digest\n${Array.from({ length: 20_000 }, (_, at) => `${at},${at}\n`).join("")}`;
  const load = async (times) => {
    for (let time = 0; time < times; time += 1) (await engine.load(table)).free();
    return process.memoryUsage().rss / 2 ** 20;
  };
  const before = await load(10);
  // A hundred of them are more than 100 MiB.
  const grown = (await load(100)) - before;
  assert.ok(grown < 48, `${grown.toFixed(0)} MiB more`);
});

test("while someone types, answers come in order and only to the latest question", async () => {
  const { engine } = engineOf();
  const inventory = await engine.load(sample);
  const shown = [];
  await new Promise((resolve, reject) => {
    const last = "1.0";
    const latest = latestOnly(
      (text) => engine.suggest(inventory, {}, { field: "tags", text }),
      (answer, text) => {
        shown.push(text);
        if (text === last) resolve(answer);
      },
      reject,
    );
    for (const text of ["1", "1.", last]) latest.ask(text);
  });
  assert.deepEqual(shown, ["1.0"]);
});
