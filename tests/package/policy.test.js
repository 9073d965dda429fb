/**
 * What RAM policies say to a request, through the package: the cases that the crate runs, callers who mean harm, and the
 * part of the module that it takes.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, describe, test } from "node:test";
import { Worker as Thread } from "node:worker_threads";
import { authorize } from "scan-precheck";
import { createEngine } from "scan-precheck/worker";
import { assertError, read, root, thrownBy } from "./support.js";

const suite = JSON.parse(read("tests/conformance/policy.json"));

/** Every member that is expected is there, in objects within objects and in lists of the same length. */
function assertPart(found, expected, path) {
  if (typeof expected !== "object" || expected === null) return assert.deepEqual(found, expected, path);
  if (Array.isArray(expected)) assert.equal(found?.length, expected.length, `${path}.length`);
  for (const [key, value] of Object.entries(expected)) assertPart(found?.[key], value, `${path}.${key}`);
}

describe("every case of tests/conformance/policy.json", () => {
  assert.ok(suite.cases.length >= 147, `only ${suite.cases.length} cases`);
  for (const { name, policies, request, answer, error } of suite.cases) {
    test(name, () => {
      assert.ok(answer || error, "the case expects nothing");
      const ask = () => authorize(policies, { ...suite.request, ...request });
      if (error !== undefined) {
        const { message = "", ...expected } = error;
        const thrown = thrownBy(ask);
        assertError(thrown, expected);
        assert.ok(thrown.message.includes(message), thrown.message);
        return;
      }
      const found = ask();
      const notes = found.notes.map(({ code }) => code);
      assertPart({ ...found, notes }, answer, "answer");
    });
  }
});

const action = "yundun-sas:PublicPreCheckImageScanTask";
const allow = { Effect: "Allow", Action: "*", Resource: "*" };
const policyOf = (...Statement) => ({ Version: "1", Statement });

/** Checks that policies are refused in time, and that the next question is answered right. */
function refuses(policies, expected, request = { action }) {
  const began = performance.now();
  assertError(
    thrownBy(() => authorize(policies, request)),
    expected,
  );
  assert.ok(performance.now() - began < 5_000);
  assert.equal(authorize(policyOf(allow), { action }).allowed, true);
}

const hostile = (key, thrown = new Error("hands off")) =>
  Object.defineProperty({}, key, {
    enumerable: true,
    get() {
      throw thrown;
    },
  });

describe("callers who mean harm", () => {
  test("getters and proxies that throw", () => {
    refuses(hostile("Version"), { code: "unreadable", field: "Version", message: /hands off/ });
    refuses(policyOf(Object.assign(hostile("Action"), { Effect: "Allow" })), {
      code: "unreadable",
      field: "Statement[0].Action",
    });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    refuses(proxy, { code: "unreadable" });
    refuses([proxy], { code: "unreadable" });
    refuses(policyOf(allow), { code: "unreadable", field: "context" }, { action, ...hostileContext() });
    refuses(
      policyOf(allow),
      { code: "unreadable" },
      new Proxy({}, { ownKeys: () => assert.fail("hands off") }),
    );
  });

  const hostileContext = () =>
    Object.defineProperty({}, "context", { enumerable: true, value: hostileProxy() });
  const hostileProxy = () =>
    new Proxy(
      {},
      {
        ownKeys() {
          throw new Error("hands off");
        },
      },
    );

  test("what holds itself, or too much", () => {
    const round = policyOf(allow);
    round.Statement.push(round);
    refuses(round, { code: "unknown-key", field: "Statement[1].Version" });
    const list = [];
    for (let at = 0; at < 1_000; at += 1) list.push(list);
    refuses(list, { code: "wrong-type", field: "policies[0]" });
    refuses(policyOf(list), { code: "wrong-type", field: "Statement[0]" });
    refuses(policyOf({ ...allow, Action: list }), { code: "wrong-type", field: "Statement[0].Action[0]" });
    const endless = new Proxy([], { get: (_, key) => (key === "length" ? 2 ** 32 : "*") });
    refuses(policyOf({ ...allow, Action: endless }), {
      code: "too-many-values",
      field: "Statement[0].Action",
    });
    refuses(Array(1_001).fill(policyOf(allow)), { code: "too-many-values", field: "policies" });
    refuses("[".repeat(200_000), { code: "truncated-json" });
    refuses(" ".repeat(300_000), { code: "too-large" });
    const keys = Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`sas:${at}`, "a"]));
    refuses(policyOf({ ...allow, Condition: { StringLike: keys } }), { code: "wrong-type" });
  });

  test("what is no policy", () => {
    for (const odd of [
      undefined,
      null,
      7,
      true,
      7n,
      Symbol("policy"),
      () => {},
      new Map(),
      new Date(0),
      "",
      "null",
    ]) {
      const thrown = thrownBy(() => authorize(odd, { action }));
      assert.equal(thrown.name, "ScanPrecheckError", String(thrown));
    }
    class Policy {
      Version = "1";
      Statement = [allow];
    }
    refuses(new Policy(), { code: "wrong-type" });
    refuses(Object.create(policyOf(allow)), { code: "wrong-type" });
    refuses(policyOf({ ...allow, Action: "\ud800" }), { code: "invalid-text", field: "Statement[0].Action" });
    refuses(policyOf({ ...allow, Condition: undefined }), {
      code: "wrong-type",
      field: "Statement[0].Condition",
    });
  });

  test("what is no request", () => {
    for (const odd of [undefined, null, 7, "a:b", [], new Map(), {}]) {
      const thrown = thrownBy(() => authorize(policyOf(allow), odd));
      assert.equal(thrown.name, "ScanPrecheckError", String(thrown));
    }
    refuses(policyOf(allow), { code: "too-large", field: "action" }, { action: `a:${"b".repeat(3_000)}` });
    refuses(
      policyOf(allow),
      { code: "invalid-value", field: "context.k:v" },
      { action, context: { "k:v": 0.5 } },
    );
  });

  test("wildcards that take long", () => {
    const stars = "*a".repeat(10_000);
    const policies = policyOf({
      ...allow,
      Action: stars,
      Condition: { StringLike: { "k:v": Array(50).fill(stars) } },
    });
    const began = performance.now();
    const request = { action: `a:${"a".repeat(2_000)}b`, context: { "k:v": `${"a".repeat(2_000)}b` } };
    assert.equal(authorize(policies, request).allowed, false);
    assert.ok(performance.now() - began < 5_000);
  });
});

describe("a worker", () => {
  const thread = new Thread(new URL("./worker-thread.js", import.meta.url));
  after(() => thread.terminate());
  const engine = createEngine({
    start: () => ({
      addEventListener: (type, listener) =>
        type === "message" && thread.on("message", (data) => listener({ data })),
      postMessage: (message) => thread.postMessage(message),
      terminate: () => thread.terminate(),
    }),
  });

  test("answers as the package does", async () => {
    const policies = [
      policyOf({ ...allow, Effect: "Deny", Action: "ecs:*" }),
      JSON.stringify(policyOf(allow)),
    ];
    assert.deepEqual(await engine.authorize(policies, { action }), authorize(policies, { action }));
    const refused = engine.authorize({ Version: "2" }, { action }).catch((error) => error);
    assertError(await refused, { code: "invalid-value", field: "Version" });
  });
});

describe("the extra part in a browser", () => {
  const prelude = `
    import assert from "node:assert/strict";
    import { readFileSync } from "node:fs";
    import init, { authorize, Inventory, estimate, facets } from "${root}npm/browser.js";
    const part = (name) => readFileSync("${root}pkg/scan_precheck_" + name + ".wasm");
    const [module, more, extra] = ["bg", "more_bg", "extra_bg"].map(part);
    const request = { action: "${action}" };
    const policy = ${JSON.stringify(policyOf(allow))};
    const codeOf = async (work) => {
      try { await work(); } catch (error) { return error.code + ": " + error.message; }
      return "no error";
    };
    const csv = "RepoName,Tag\\nweb,1\\n";
    const values = (inventory) => facets(inventory, {}, { field: "tags" }).values.length;
  `;

  function runs(name, program) {
    test(name, () => {
      const args = ["--input-type=module", "-e", prelude + program];
      const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 60_000 });
      assert.equal(status, 0, stderr);
    });
  }

  runs(
    "comes when it is asked for, without the second and beside it",
    `
    assert.match(await codeOf(() => authorize(policy, request)), /^not-initialized/);
    await init({ module, parts: "estimate" });
    assert.match(await codeOf(() => authorize(policy, request)), /^part-not-loaded: .*parts: "extra"/);
    await init({ extra });
    assert.equal(authorize(policy, request).allowed, true);
    const inventory = await Inventory.load(csv);
    assert.match(await codeOf(() => values(inventory)), /^part-not-loaded/);
    await init({ more });
    assert.equal(values(inventory), 1);
    assert.equal(authorize(policy, request).allowed, true);
  `,
  );

  runs(
    "comes after the second, or with it",
    `
    await Promise.all([init({ module, more, extra }), init({ extra, parts: "extra" })]);
    assert.equal(authorize(policy, request).allowed, true);
    assert.equal(values(await Inventory.load(csv)), 1);
  `,
  );

  runs(
    "is refused where it is another part or another build, and the rest works",
    `
    assert.match(await codeOf(() => init({ module, extra: more })), /^part-not-loaded: the extra part/);
    assert.match(await codeOf(() => init({ more: extra })), /^part-not-loaded: the second part/);
    const missing = Promise.resolve(new Response("", { status: 404 }));
    assert.match(await codeOf(() => init({ extra: missing })), /^part-not-loaded: .*404/);
    assert.equal(estimate(await Inventory.load(csv)).images, 1);
    await init({ extra });
    assert.equal(authorize(policy, request).allowed, true);
  `,
  );
});
