/**
 * Loads blobs of 600 MB and 10 GB in a worker of Chromium, checks what they come to, and writes what it took. It
 * takes minutes, so it is no part of the test command.
 *
 *   node scripts/large.mjs [GIGABYTES…]
 */
import { cpus } from "node:os";
import { DISTINCT, inBrowser, loadBlob } from "../tests/package/blobs.js";
import { Failure, main } from "./lib/run.mjs";
import { say, table } from "./lib/say.mjs";

/** Milliseconds that the page may be silent: well above what a busy machine takes to come to a timer. */
const LONGEST_GAP = 2_000;

await main(import.meta.url, async () => {
  const given = process.argv.slice(2).map(Number);
  const sizes = given.length > 0 ? given : [0.6, 10];
  if (!sizes.every((size) => size > 0)) throw new Failure("a size must be a number of gigabytes");
  const rows = [];
  await inBrowser(async (page) => {
    for (const size of sizes) {
      for (const gzip of size < 1 ? [false, true] : [false]) {
        const found = await loadBlob(page, { bytes: size * 1e9, gzip });
        say(`${size} GB${gzip ? ", compressed" : ""}: ${JSON.stringify(found)}`);
        check(found);
        rows.push([
          `${size} GB${gzip ? `, compressed to ${(found.size / 1e6).toFixed(0)} MB` : ""}`,
          found.rowsExpected.toLocaleString("en"),
          found.code ?? `${found.images.toLocaleString("en")} images`,
          `${found.seconds.toFixed(1)} s`,
          `${found.longestGap.toFixed(0)} ms`,
        ]);
      }
    }
  });
  say();
  say(`${cpus().length} cores, ${cpus()[0].model.trim()}, ${new Date().toISOString().slice(0, 10)}`);
  for (const line of table([["blob", "rows", "answer", "time", "longest silence of the page"], ...rows]))
    say(line);
});

/** The right count, or a refusal that says what to do: anything else has failed. */
function check({ code, message, rows, rowsExpected, images, quota, duplicates, longestGap }) {
  const right =
    rows === rowsExpected &&
    images === DISTINCT &&
    quota === DISTINCT / 2 &&
    duplicates === rowsExpected - DISTINCT;
  if (!right && !["out-of-memory", "too-large"].includes(code)) {
    throw new Failure(`the count is wrong${message ? `: ${message}` : ""}`);
  }
  if (longestGap > LONGEST_GAP) throw new Failure(`the page was silent for ${longestGap.toFixed(0)} ms`);
}
