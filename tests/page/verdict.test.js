/** Whether the scan fits: the remaining quota, the start of the billing cycle, and the words for both. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addFilter,
  cycleInput,
  engine,
  grouped,
  openSample,
  parts,
  remainingInput,
  sampleInventory,
  showsEstimate,
  verdict,
} from "./actions.js";
import { eventually, servePage } from "./support.js";

const { visit } = servePage();

test("the verdict is in words: to spare, exactly, short, and how much to buy", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  const { quota } = engine.estimate(inventory);
  const says = async (remaining, words) => {
    await remainingInput(page).fill(remaining);
    await eventually(() => verdict(page), `Does it fit? ${words}`);
  };
  await says(String(quota + 12), "Fits, with 12 to spare");
  await says(String(quota), "Fits exactly, with nothing to spare");
  for (const missing of [1, 20, 21]) {
    const { shortfall, purchase } = engine.estimate(inventory, {}, { remaining: quota - missing });
    assert.equal(shortfall, missing);
    await says(String(quota - missing), `Short by ${missing} Buy ${purchase} Quota is sold in steps of 20.`);
  }
  await says(grouped(quota + 5), "Fits, with 5 to spare");
  await says("", "Enter the remaining quota to see whether the scan fits");
});

test("a remaining quota that is no number is refused, and no verdict is given", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  await remainingInput(page).fill("12x");
  await page.getByText("Enter a whole number, 0 or more").waitFor();
  assert.equal(await remainingInput(page).getAttribute("aria-invalid"), "true");
  assert.match(await verdict(page), /Enter the remaining quota/);
});

test("the verdict follows the filter, also to nothing", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  await remainingInput(page).fill("100");
  await eventually(async () => /Short by/.test(await verdict(page)), true);
  const inventory = await sampleInventory();
  const filter = { tags: "nightly" };
  const { quota } = engine.estimate(inventory, filter);
  assert.ok(quota < 100);
  await addFilter(page, "Tag = nightly");
  await eventually(() => verdict(page), `Does it fit? Fits, with ${100 - quota} to spare`);
  await addFilter(page, "Namespace = nowhere");
  await eventually(() => verdict(page), "Does it fit? Nothing to scan: no image matches the filter");
});

test("the start of the billing cycle makes images count as charged", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  await page.getByRole("button", { name: "Set the cycle start" }).press("Enter");
  assert.ok(await cycleInput(page).evaluate((input) => input === document.activeElement));
  await page.keyboard.type("20261101");
  const inventory = await sampleInventory({ cycleStart: new Date("2026-11-01T00:00:00+08:00") });
  const expected = engine.estimate(inventory);
  assert.ok(expected.free.charged > 0);
  await showsEstimate(page, expected);
  await eventually(async () => (await parts(page))[2], grouped(expected.free.charged));
  assert.equal(await page.getByRole("button", { name: "Set the cycle start" }).count(), 0);

  await addFilter(page, "Tag = latest");
  await showsEstimate(page, engine.estimate(inventory, { tags: "latest" }));

  await cycleInput(page).fill("");
  const without = await sampleInventory();
  await showsEstimate(page, engine.estimate(without, { tags: "latest" }));
});

test("a cycle start before all computers is refused and changes nothing", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  await cycleInput(page).fill("1969/12/31");
  await page.keyboard.press("Tab");
  await page.getByText("Enter a date as year, month and day").waitFor();
  const inventory = await sampleInventory();
  await showsEstimate(page, engine.estimate(inventory));
});
