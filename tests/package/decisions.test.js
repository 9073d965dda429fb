/**
 * Plans and reconciliations through the package: answers are plain objects, requests can be asked again as they stand, and
 * what cannot be is refused in the same words as elsewhere.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { plan, precheck, reconcile } from "scan-precheck";
import { assertError, load, rows, thrownBy, whole } from "./support.js";

const inventory = await load(rows);

test("a plan's requests are taken by the precheck, which says what the plan says", () => {
  const found = plan(inventory, { RegistryTypes: ["acr", "harbor"] }, { remaining: 1, by: "registryTypes" });
  assert.deepEqual([found.images, found.quota, found.method], [2, 1, "exact"]);
  assert.deepEqual(
    found.requests.map(({ parameters }) => parameters),
    [{ RegistryTypes: "acr" }],
  );
  const { Data } = precheck(inventory, found.requests[0].parameters);
  assert.deepEqual(Data, { ScanImageCount: found.quota, NeedAuthCount: found.images });
});

test("where everything fits, the filter itself is the plan", () => {
  const found = plan(inventory, { repoNames: ["centos", "镜像"] }, { remaining: 100, perCycle: 10 });
  assert.equal(found.method, "everything");
  assert.deepEqual(found.requests[0].parameters, { RepoNames: "centos,镜像" });
  assert.equal(found.schedule.cycles.length, 1);
});

test("a reply is taken as an object and as the text of one", () => {
  const reply = { RequestId: "F9", Data: { ScanImageCount: whole.images, NeedAuthCount: whole.quota } };
  const found = reconcile(inventory, undefined, reply);
  assert.deepEqual(found, reconcile(inventory, {}, JSON.stringify(reply)));
  assert.deepEqual(found.explanations[0], {
    changes: [{ kind: "swapped" }],
    reproduces: true,
    message: found.explanations[0].message,
  });
  assert.equal(reconcile(inventory, {}, precheck(inventory)).equal, true);
  assert.equal(reconcile(inventory, {}, { body: { data: precheck(inventory).Data } }).equal, true);
});

test("what cannot be is refused with the field and what to do", () => {
  for (const [call, code, field] of [
    [() => plan(inventory, {}, {}), "invalid-value", "remaining"],
    [() => plan(inventory, {}, { remaining: -1 }), "invalid-value", "remaining"],
    [() => plan(inventory, {}, { remaining: 1, by: "tag" }), "invalid-value", "by"],
    [() => plan(inventory, {}, { remaining: 1, first: { tags: "8" } }), "invalid-value", "first"],
    [() => plan(inventory, { tag: "7" }, { remaining: 1 }), "unknown-key", "tag"],
    [() => plan({}, {}, { remaining: 1 }), "wrong-type"],
    [() => reconcile(inventory, {}, "ScanImageCount: 3"), "invalid-json", "reply"],
    [() => reconcile(inventory, {}, { Code: "Throttling" }), "invalid-value", "reply"],
    [() => reconcile(inventory, {}), "invalid-value", "reply"],
  ]) {
    assertError(thrownBy(call), { code, field });
  }
});
