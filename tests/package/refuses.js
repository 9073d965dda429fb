/**
 * What the tests of hostile filters share: a filter is refused by every question, and does no harm.
 */
import assert from "node:assert/strict";
import { estimate, precheck, suggest } from "scan-precheck";
import { assertError, load, numbersOf, rows, thrownBy, whole } from "./support.js";

const inventory = await load(rows);

/** Checks that each question refuses the filter that `make` gives, and that the next one is answered right. */
export function refuses(make, expected) {
  assertError(
    thrownBy(() => estimate(inventory, make())),
    expected,
  );
  assertError(
    thrownBy(() => precheck(inventory, make())),
    expected,
  );
  assertError(
    thrownBy(() => suggest(inventory, make(), { field: "repoNames" })),
    expected,
  );
  answersRight();
}

/** Checks that a filter means what another one means. */
export function means(filter, plain) {
  assert.deepEqual(estimate(inventory, filter), estimate(inventory, plain));
  answersRight();
}

/** Checks that the package still knows the inventory. */
export function answersRight() {
  assert.deepEqual(numbersOf(estimate(inventory)), whole);
  assert.deepEqual(numbersOf(estimate(inventory, { tags: "1" })), {
    images: 2,
    quota: 1,
    free: { duplicates: 0, charged: 1 },
  });
}

/** Milliseconds that a call takes. */
export function timeOf(call) {
  const began = performance.now();
  call();
  return performance.now() - began;
}
