/**
 * What the tests of the package share: small inventories, and the form that every error must have.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { estimate, Inventory } from "scan-precheck";
import { __wbg_reset_state, furtherParts, initSync, joinPart, partImports } from "../../pkg/scan_precheck.js";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A digest of one letter, repeated. */
export const digest = (letter) => letter.repeat(64);

/** Two tags of one digest, one image of its own, and one charged already: 4 images, 2 units of quota. */
export const rows = [
  { RegistryType: "acr", RegionId: "cn-hangzhou", RepoName: "centos", Tag: "7", Digest: digest("a") },
  { RegistryType: "acr", RegionId: "cn-hangzhou", RepoName: "centos", Tag: "latest", Digest: digest("a") },
  { RegistryType: "harbor", RegionId: "cn-beijing", RepoName: "镜像", Tag: "1", Digest: digest("b") },
  {
    RegistryType: "quay",
    RegionId: "cn-beijing",
    RepoName: "api",
    Tag: "1",
    Digest: digest("c"),
    Charged: true,
  },
];

/** What {@link rows} come to without a filter. */
export const whole = { images: 4, quota: 2, free: { duplicates: 1, charged: 1 } };

export const load = (source, options) => Inventory.load(source, options);

/** The members of an estimate that {@link whole} has. */
export const numbersOf = ({ images, quota, free }) => ({ images, quota, free });

/** What a call throws. */
export function thrownBy(call) {
  try {
    call();
  } catch (thrown) {
    return thrown;
  }
  assert.fail("nothing was thrown");
}

/** What a promise rejects with. */
export async function rejectionOf(promise) {
  let fulfilled;
  try {
    fulfilled = await promise;
  } catch (thrown) {
    return thrown;
  }
  fulfilled?.free?.();
  assert.fail("the promise was not rejected");
}

/** Checks that an error has the form which the types promise, and what is expected of it. */
export function assertError(error, { code, field, position, message, cause }) {
  assert.ok(error instanceof Error, `thrown was ${String(error)}`);
  assert.equal(error.name, "ScanPrecheckError", error.stack);
  assert.equal(error.code, code, error.message);
  assert.ok(error.message.length > 10, "the message must say something");
  assert.ok(error.message.isWellFormed());
  if (field !== undefined) assert.equal(error.field, field);
  if (message !== undefined) assert.match(error.message, message);
  if (cause !== undefined) assert.equal(error.cause, cause);
  for (const [key, value] of Object.entries(position ?? {})) {
    assert.equal(error.position?.[key], value, `position.${key} in: ${error.message}`);
  }
}

/** Checks that a load is refused. */
export async function assertRefused(source, expected, options) {
  assertError(await rejectionOf(load(source, options)), expected);
}

/** A stream of these chunks. */
export function streamOf(chunks) {
  const iterator = chunks[Symbol.iterator]();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

/** Bytes one by one. */
export const oneByOne = (bytes) => streamOf(Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)));

/** The memory of the WebAssembly module that runs now, in bytes. */
export const moduleMemory = () => initSync().memory.buffer.byteLength;

/** Makes the module anew, with its further parts, without a crash: whatever it held is lost. */
export function makeAnew() {
  __wbg_reset_state();
  for (const [part, name] of Object.entries({ second: "more", extra: "extra" })) {
    if (Object.keys(furtherParts[part]).length === 0) continue;
    const module = new WebAssembly.Module(readFileSync(`${root}pkg/scan_precheck_${name}_bg.wasm`));
    joinPart(part, new WebAssembly.Instance(module, partImports()));
  }
}

/** Reads a file of the project. */
export const read = (path) => readFileSync(`${root}${path}`, "utf8");

/** That a load which failed did no harm: the next one works. */
export async function loadsRight() {
  const inventory = await load(rows);
  assert.deepEqual(numbersOf(estimate(inventory)), whole);
  inventory.free();
}

/** A stream that begins well and then gives nothing more; it tells when it is told to stop. */
export function hanging(first) {
  const stream = { cancelled: false };
  stream.source = new ReadableStream({
    start: (controller) => controller.enqueue(first),
    pull: () => new Promise(() => {}),
    cancel() {
      stream.cancelled = true;
    },
  });
  return stream;
}
