/**
 * Every case of tests/conformance/ through the package in Node: the same files that the crate itself runs.
 */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, describe, test } from "node:test";
import { estimate, precheck } from "scan-precheck";
import { assertError, load, oneByOne, read, root } from "./support.js";

const folder = "tests/conformance/";
const upperCaseUuid = /^[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/;

const files = readdirSync(`${root}${folder}`)
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ name, ...JSON.parse(read(folder + name)) }));

let seen = 0;

for (const file of files) {
  describe(`${file.name}: ${file.about}`, () => {
    for (const one of file.cases) {
      const { name } = one;
      const inventory = bytesOf(one.inventory) ?? one.inventory ?? file.inventory;
      test(name, () => runCase({ ...one, inventory }, file.options));
    }
  });
}

// A folder that was moved or emptied must not pass as a folder without faults.
after(() => assert.ok(seen >= 60, `only ${seen} cases ran`));

const known = [
  "name",
  "inventory",
  "options",
  "filter",
  "estimateOptions",
  "answer",
  "report",
  "error",
  "about",
];

/** The bytes of an inventory that is no text, which stand in a case as `{ hex }`. */
function bytesOf(inventory) {
  return typeof inventory?.hex === "string" ? Uint8Array.from(Buffer.from(inventory.hex, "hex")) : undefined;
}

async function runCase(one, shared) {
  seen += 1;
  for (const key of Object.keys(one)) assert.ok(known.includes(key), `a case has no member \`${key}\``);
  assert.ok(one.answer || one.report || one.error, "the case expects nothing");
  const { inventory: source } = one;
  const options = { ...shared, ...one.options };
  await runFrom(source, options, one);
  // Where a text is cut changes nothing, and neither does where it comes from.
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  if (ArrayBuffer.isView(bytes)) await runFrom(oneByOne(bytes), options, one);
}

async function runFrom(source, options, { filter, estimateOptions, answer, report, error }) {
  let inventory;
  try {
    inventory = await load(source, options);
    if (report !== undefined) assertPart(inventory.report, report, "report");
    assertReport(inventory);
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
