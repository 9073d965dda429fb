/** What a first visit downloads, as a server sends it compressed: everything, until the page is at rest and an inventory is open. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";
import { drop, figures, smallCsv } from "./actions.js";
import { eventually, servePage } from "./support.js";

const { visit } = servePage();

/** Kilobytes: what must hold, and what is aimed at. */
const MUST = 600;
const GOAL = 450;

const compressed = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

test(`a first visit with an answer downloads at most ${MUST} kB`, async (t) => {
  // Without its offline copy, which is made once the page is at rest and holds what nobody has asked for yet.
  const { page, seen, url } = await visit(t, { serviceWorkers: "block" });
  await drop(page, { name: "images.csv", text: smallCsv });
  await eventually(() => figures(page), ["3", "2"]);
  await page.waitForLoadState("networkidle");
  const sizes = new Map();
  for (const response of seen.responses) {
    const path = response.url().slice(url.length) || "index.html";
    if (response.status() === 200) sizes.set(path, compressed(await response.body()) / 1000);
  }
  // The worker fetches by itself.
  for (const path of seen.requests.map((one) => one.slice(url.length) || "index.html")) {
    if (sizes.has(path)) continue;
    const response = await page.request.get(url + path);
    if (response.ok()) sizes.set(path, compressed(await response.body()) / 1000);
  }
  const sum = (pattern) =>
    [...sizes].filter(([path]) => pattern.test(path)).reduce((total, [, size]) => total + size, 0);
  const kinds = { JavaScript: /\.js$/, CSS: /\.css$/, WebAssembly: /\.wasm$/, fonts: /\.woff2$/ };
  for (const [kind, pattern] of Object.entries(kinds)) {
    t.diagnostic(`${kind} ${sum(pattern).toFixed(1)} kB`);
  }
  const all = sum(/./);
  t.diagnostic(`all ${all.toFixed(1)} kB of ${MUST} kB (goal ${GOAL} kB)`);
  for (const needed of [kinds.JavaScript, kinds.CSS, kinds.WebAssembly])
    assert.ok(sum(needed) > 10, "something was not seen");
  assert.ok(all <= MUST, `${all} kB`);
});
