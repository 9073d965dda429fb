/**
 * What a browser downloads for the package: its budgets, in bytes as a server sends them compressed.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { downloads, measure } from "../../scripts/lib/sizes.mjs";

/** The first part is all that an estimate waits for; the extra one is fetched by nobody who does not ask for it. */
const budgets = { first: 100_000, second: 110_000, all: 210_000, extra: 30_000 };

for (const [what, paths] of Object.entries(downloads)) {
  test(`${what}: at most ${budgets[what]} bytes`, () => {
    const { brotli } = measure(paths);
    assert.ok(brotli <= budgets[what], `${brotli} bytes, and at most ${budgets[what]} are to be downloaded`);
  });
}
