/**
 * Gzip files that are not whole, in Chromium, which makes of them something else than Node does.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { inBrowser } from "./blobs.js";

const small = gzipSync("RepoName,Tag\nweb,1\napi,2\n");
const changed = Buffer.from(small);
changed[small.length - 6] ^= 1;

const files = {
  whole: [small, "2 rows"],
  "cut off in its end": [small.subarray(0, -1), "damaged-file"],
  "cut off before its end": [small.subarray(0, -8), "damaged-file"],
  "cut off in its data": [small.subarray(0, 20), "damaged-file"],
  "its signature alone": [small.subarray(0, 2), "damaged-file"],
  "with another sum": [changed, "damaged-file"],
  "with a zero behind its end": [Buffer.concat([small, Buffer.alloc(1)]), "damaged-file"],
  "with garbage behind its end": [Buffer.concat([small, Buffer.from("garbage")]), "damaged-file"],
  "two in one": [Buffer.concat([small, small]), "damaged-file several"],
  "with an empty one behind it": [Buffer.concat([small, gzipSync("")]), "damaged-file several"],
};

test("gzip files, whole and not, in Chromium", async () => {
  await inBrowser(async (page) => {
    for (const [name, [bytes, expected]] of Object.entries(files)) {
      const found = await page.evaluate(
        async (bytes) => {
          const { default: init, Inventory } = await import(`${location.origin}/npm/browser.js`);
          await init();
          try {
            const inventory = await Inventory.load(new Blob([Uint8Array.from(bytes)]));
            return `${inventory.report.rows} rows`;
          } catch ({ code, message }) {
            return /several gzip files.*one by one/.test(message) ? `${code} several` : code;
          }
        },
        [...bytes],
      );
      assert.equal(found, expected, name);
    }
  });
});
