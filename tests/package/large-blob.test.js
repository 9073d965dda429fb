/**
 * Blobs larger than what is read of them at once, in a worker of Chromium: the right count, and a page that answers
 * all the while. `npm run test:large` does the same with up to 10 GB.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DISTINCT, inBrowser, loadBlob } from "./blobs.js";

/** Milliseconds: well above what a busy machine takes to come to a timer. */
const LONGEST_GAP = 2_000;

test("60 MB, as they are and compressed", async () => {
  await inBrowser(async (page) => {
    for (const gzip of [false, true]) {
      const found = await loadBlob(page, { bytes: 60e6, gzip });
      assert.equal(found.code, undefined, found.message);
      assert.ok(gzip ? found.size < 30e6 : found.size >= 60e6);
      assert.deepEqual(
        [found.rows, found.images, found.quota, found.complete],
        [found.rowsExpected, DISTINCT, DISTINCT / 2, true],
      );
      assert.equal(found.duplicates, found.rowsExpected - DISTINCT);
      assert.ok(found.progress > 0);
      assert.ok(found.longestGap < LONGEST_GAP, `the page was silent for ${found.longestGap} ms`);
    }
  });
});
