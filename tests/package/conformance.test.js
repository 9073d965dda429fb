/**
 * Every case of tests/conformance/ through the package in Node: the same files that the crate itself runs.
 */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, describe, test } from "node:test";
import { estimate, facets, precheck } from "scan-precheck";
import { assertError, load, oneByOne, read, root } from "./support.js";

const folder = "tests/conformance/";
const upperCaseUuid = /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/;

const files = readdirSync(`${root}${folder}`)
  // Cases without an inventory are those of policy.test.js.
  .filter((name) => name.endsWith(".json") && name !== "policy.json")
  .map((name) => ({ name, ...JSON.parse(read(folder + name)) }));

const fields = [
  "registryType",
  "regionId",
  "instanceId",
  "repoNamespace",
  "repoId",
  "repoName",
  "digest",
  "tag",
];

let seen = 0;

for (const file of files) {
  describe(`${file.name}: ${file.about}`, () => {
    for (const one of file.cases) {
      const { name } = one;
      test(name, () => runCase({ ...one, inventory: inventoryOf(one, file) }, file.options));
    }
  });
}

// A folder that was moved or emptied must not pass as a folder without faults.
after(() => assert.ok(seen >= 60, `only ${seen} cases ran`));

const known = [
  "name",
  "inventory",
  "files",
  "rows",
  "options",
  "filter",
  "estimateOptions",
  "answer",
  "report",
  "error",
  "about",
];

/** The inventory of a case: its own, as `{ hex }` where it is no text, the files that it names, or that of all cases. */
function inventoryOf(one, file) {
  const hex = one.inventory?.hex;
  if (typeof hex === "string") return Uint8Array.from(Buffer.from(hex, "hex"));
  return one.inventory ?? one.files?.map((name) => read(`tests/fixtures/${name}`)) ?? file.inventory;
}

async function runCase(one, shared) {
  seen += 1;
  for (const key of Object.keys(one)) assert.ok(known.includes(key), `a case has no member \`${key}\``);
  assert.ok(one.answer || one.report || one.rows || one.error, "the case expects nothing");
  const { inventory: source } = one;
  const options = { ...shared, ...one.options };
  await runFrom(source, options, one);
  // Where a text is cut changes nothing, and neither does where it comes from.
  const sources = [source]
    .flat()
    .map((one) => (typeof one === "string" ? new TextEncoder().encode(one) : one));
  if (sources.every((bytes) => ArrayBuffer.isView(bytes))) await runFrom(sources.map(oneByOne), options, one);
}

async function runFrom(source, options, { filter, estimateOptions, answer, report, rows, error }) {
  let inventory;
  try {
    inventory = await load(source, options);
    if (report !== undefined) assertPart(inventory.report, report, "report");
    assertReport(inventory);
    if (rows !== undefined) assertRows(inventory, rows);
    const given = estimate(inventory, filter, estimateOptions);
    assertInvariants(given, inventory);
    assertReply(precheck(inventory, filter), given);
    assertAnswer(given, answer ?? {});
  } catch (thrown) {
    if (error === undefined || thrown instanceof assert.AssertionError) throw thrown;
    assertError(thrown, error);
    return;
  } finally {
    inventory?.free();
  }
  assert.equal(error, undefined, "nothing was refused");
}

/** The inventory has just these images: each is found by its values, and as many as lack one hold none in its field. */
function assertRows(inventory, rows) {
  assert.equal(inventory.images, rows.length);
  for (const row of rows) {
    const filter = Object.fromEntries(Object.entries(row).map(([field, value]) => [`${field}s`, [value]]));
    const alike = rows.filter((other) =>
      Object.entries(row).every(([field, value]) => other[field] === value),
    );
    assert.equal(estimate(inventory, filter).images, alike.length, JSON.stringify(row));
  }
  for (const field of fields) {
    const { absent } = facets(inventory, undefined, { field: `${field}s` });
    assert.equal(absent.images, rows.filter((row) => row[field] === undefined).length, `absent in ${field}`);
  }
}

function assertAnswer(given, expected) {
  for (const [member, value] of Object.entries(expected)) {
    const found = member === "warnings" ? given.warnings.map((warning) => warning.code) : given[member];
    assert.deepEqual(found, value, `answer.${member}`);
  }
}

/** The reply of the operation, whose names read the other way round. */
function assertReply(reply, { images, quota }) {
  assert.match(reply.RequestId, upperCaseUuid);
  assert.deepEqual(reply, {
    RequestId: reply.RequestId,
    Data: { ScanImageCount: quota, NeedAuthCount: images },
  });
}

function assertInvariants(given, inventory) {
  const { images, quota, free, unknownDigest, notScannable, unmatched, unmatchedCount } = given;
  assert.equal(images, quota + free.duplicates + free.charged);
  assert.ok(0 <= quota && quota <= images && images + notScannable <= inventory.images);
  assert.ok(unknownDigest <= quota);
  assert.equal(unmatched.length, Math.min(unmatchedCount, 1000));
  assert.equal(given.complete, inventory.report.complete);
  assert.equal(
    given.warnings.some(({ code }) => code === "incomplete-inventory"),
    !given.complete,
  );
}

function assertReport(inventory) {
  const { rows, images, duplicates, leftOut, sources } = inventory.report;
  assert.equal(rows, images + duplicates + leftOut.total);
  assert.equal(images, inventory.images);
  assert.equal(leftOut.total, sum(leftOut.byReason));
  assert.equal(rows, sum(sources));
}

const sum = (parts) => parts.reduce((total, part) => total + part.rows, 0);

/** Every member that is expected is there, in objects within objects and in lists of the same length. */
function assertPart(found, expected, path) {
  if (typeof expected !== "object" || expected === null) {
    assert.deepEqual(found, expected, path);
    return;
  }
  if (Array.isArray(expected)) assert.equal(found?.length, expected.length, `${path}.length`);
  for (const [key, value] of Object.entries(expected)) assertPart(found?.[key], value, `${path}.${key}`);
}
