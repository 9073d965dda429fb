/** The answer: the remaining quota out of a reply, and the change against another filter. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runnerImport } from "vite";
import {
  addFilter,
  engine,
  openSample,
  remainingInput,
  sampleInventory,
  showsEstimate,
  verdict,
} from "./actions.js";
import { eventually, inRoot, servePage } from "./support.js";

const { module } = await runnerImport(inRoot("www/src/answer/auth-count.ts"), {
  configFile: false,
  logLevel: "error",
});
const { authCountIn, remainingOf } = module;
const { visit } = servePage();

const reply = { ImageScan: { ImageScanCapacity: 20_000, ScanCount: 3_500, Instance: "x" }, RequestId: "A" };

test("the reply is understood however it is wrapped, and nothing else is", () => {
  const found = { capacity: 20_000, scanned: 3_500 };
  const lower = { body: { imageScan: { imageScanCapacity: "20000", scanCount: "3500" } }, statusCode: 200 };
  for (const one of [reply, { body: reply }, { data: { Data: reply } }, lower, reply.ImageScan]) {
    assert.deepEqual(authCountIn(JSON.stringify(one)), found);
    assert.deepEqual(authCountIn(` ${JSON.stringify(one, null, 2)}\n`), found);
  }
  const half = { ImageScan: { ImageScanCapacity: 20_000 } };
  const odd = { ImageScan: { ImageScanCapacity: -1, ScanCount: 1.5 } };
  for (const text of [
    "",
    "900",
    "{",
    "[]",
    "null",
    "{}",
    JSON.stringify(half),
    JSON.stringify(odd),
    `"${"x".repeat(200_000)}`,
  ])
    assert.equal(authCountIn(text), undefined, text.slice(0, 40));
  assert.equal(remainingOf(found), 16_500);
  assert.equal(remainingOf({ capacity: 10, scanned: 12 }), 0);
});

test("a reply that is pasted becomes the remaining quota, and says how", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  await remainingInput(page).focus();
  await page.keyboard.insertText(JSON.stringify({ ImageScan: { ImageScanCapacity: 3_000, ScanCount: 500 } }));
  await eventually(() => remainingInput(page).inputValue(), "2500");
  await page.getByText("3,000 bought − 500 used, from the reply").waitFor();
  const { quota } = engine.estimate(await sampleInventory());
  await eventually(async () => (await verdict(page)).includes(`with ${2_500 - quota} to spare`), true);
  await remainingInput(page).fill("10");
  await page.getByText("bought −").waitFor({ state: "detached" });
});

const signed = new Intl.NumberFormat("en-US", { signDisplay: "exceptZero" }).format;
const change = (page) => page.locator(".answer-change p").textContent();
const counts = (from, to) => {
  const [images, quota] = [to.images - from.images, to.quota - from.quota];
  return `${signed(images)} images, ${signed(quota)} quota`;
};

test("the answer says how it differs from the filter before, and from a pinned one", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  const all = engine.estimate(inventory);
  const tags = engine.estimate(inventory, { tags: "latest" });
  const both = engine.estimate(inventory, { tags: "latest", repoNamespaces: "payments" });
  assert.equal(await change(page), "Change the filter, and the difference is shown here.");
  const top = async () => (await page.locator(".answer-card + *, .stack").last().boundingBox()).y;
  const before = await top();
  await addFilter(page, "Tag = latest");
  await showsEstimate(page, tags);
  await eventually(() => change(page), `${counts(all, tags)} against the filter before`);
  await page.getByRole("button", { name: "Pin these numbers" }).press("Enter");
  await eventually(() => change(page), "The same images and quota against the pinned filter: Tag = latest");
  await addFilter(page, "Namespace = payments");
  await showsEstimate(page, both);
  await eventually(() => change(page), `${counts(tags, both)} against the pinned filter: Tag = latest`);
  await page.getByRole("button", { name: "Clear filter" }).click();
  await showsEstimate(page, all);
  await eventually(() => change(page), `${counts(tags, all)} against the pinned filter: Tag = latest`);
  await page.getByRole("button", { name: "Unpin" }).press("Enter");
  await eventually(() => change(page), `${counts(both, all)} against the filter before`);
  assert.ok(Math.abs((await top()) - before) < 1, "what lies below has moved");
});
