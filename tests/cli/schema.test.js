/**
 * What the command prints as JSON is what docs/cli.schema.json says, whatever is asked.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import { answer, root, sample, scratch, table } from "./support.js";

const schema = JSON.parse(readFileSync(join(root, "docs/cli.schema.json"), "utf8"));
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

const { file } = scratch();
const now = file("now.csv", table);
const old = file("old.csv", `${table}pay,api,0,d0\n`);
const faulty = file("faulty.json", '[{"RepoName":"a","Tag":1},{"RepoName":"b","Tag":"1","charged":true}]');
const repeats = file("repeats.csv", "RepoName,Tag,Digest,charged\na,1,d1,true\na,2,d1,\nb,1,d2,\n");
const tencent = "tencent-tcss";

const reply = (quota, images) =>
  file(`reply-${quota}-${images}.json`, JSON.stringify({ ScanImageCount: quota, NeedAuthCount: images }));

function holds(found) {
  assert.ok(validate(found), JSON.stringify(validate.errors, null, 2));
  return found;
}

for (const [meaning, args] of [
  ["an estimate", [sample]],
  [
    "an estimate with everything that is known",
    [sample, "--remaining", "9", "--max-quota", "1", "--cycle-start", "2026-11-01"],
  ],
  [
    "a filter with values that match nothing",
    [sample, "--tags", "latest,zz", "--registry-types", "acr，harbor,none"],
  ],
  ["explanations", [sample, "--explain", "--cycle-start", "2026-11-20"]],
  ["explanations of images charged already", [repeats, "--explain"]],
  ["explanations of nothing", [now, "--explain", "--tags", "none"]],
  ["a plan of images", [now, "--plan", "--remaining", "2"]],
  ["a plan of a field's values", [sample, "--plan", "--remaining", "400", "--by", "repo-namespaces"]],
  ["a plan in which everything fits", [now, "--plan", "--remaining", "5"]],
  ["a plan with images that no filter covers", [now, "--plan", "--remaining", "3", "--repo-names", "job"]],
  ["a difference", [now, "--diff", old]],
  ["a plan over cycles", [now, "--plan", "--remaining", "1", "--by", "tags", "--per-cycle", "1"]],
  ["a plan of images over cycles", [now, "--plan", "--remaining", "1", "--per-cycle", "1"]],
  ["explanations of a reason, so many", [sample, "--explain", "--reason", "chargedNow", "--limit", "3"]],
  ["a margin", [now, "--margin", "--remaining", "5"]],
  ["a margin that is none", [now, "--margin", "--remaining", "1"]],
  [
    "a margin beside an earlier inventory",
    [
      ...[now, "--margin", "--remaining", "5", "--earlier", old],
      ...["--earlier-date", "2026-11-01", "--date", "2026-11-02"],
    ],
  ],
  ["the service's reply", [now, "--reconcile", reply(3, 4)]],
  ["a reply of other numbers", [sample, "--cycle-start", "2026-11-20", "--reconcile", reply(100, 4860)]],
  ["a reply of numbers that are swapped", [now, "--reconcile", reply(4, 3)]],
  ["a reply of other images", [now, "--reconcile", reply(9, 9)]],
  ["rows left out", [faulty]],
  ["another charge model", [repeats, "--charge-model", tencent, "--remaining", "1"]],
]) {
  test(`${meaning}`, () => holds(answer(args)));
}

for (const name of readdirSync(join(root, "tests/fixtures"))) {
  test(`an export of its kind: ${name}`, () => {
    const inventory = /repository|catalog/.test(name) ? [now] : [];
    holds(answer([join(root, "tests/fixtures", name), ...inventory]));
  });
}

test("the schema is one that refuses", () => {
  const good = answer([now, "--explain"]);
  for (const break_ of [
    (found) => delete found.schema,
    (found) => delete found.explained,
    (found) => Object.assign(found, { exitCode: 1 }),
    (found) => Object.assign(found, { margin: null }),
    (found) => Object.assign(found.verdict, { equalsReply: "no" }),
    (found) => Object.assign(found, { more: true }),
    (found) => Object.assign(found.estimate, { images: "4" }),
    (found) => Object.assign(found.explained.images[0], { reason: "why not" }),
  ]) {
    const found = structuredClone(good);
    break_(found);
    assert.equal(validate(found), false, break_.toString());
  }
});
