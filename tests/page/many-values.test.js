/** A list of values pasted into the filter: taken as it is, answered at once, and edited without loss. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { engine, filterInput, openSample, sampleInventory, showsEstimate } from "./actions.js";
import { servePage } from "./support.js";

const { visit } = servePage();

async function paste(page, text) {
  await filterInput(page).focus();
  await page.keyboard.insertText(text);
  await page.keyboard.press("Enter");
}

async function applyEdit(page) {
  await page.getByRole("button", { name: "Apply" }).press("Enter");
  await page.getByText("Edit filter").waitFor({ state: "detached" });
}

test("hundreds of digests, of which each counts", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  const digests = engine
    .suggest(inventory, {}, { field: "digests", limit: 300 })
    .suggestions.map(({ value }) => value);
  assert.equal(digests.length, 300);
  const expected = engine.estimate(inventory, { digests });
  assert.ok(expected.images > 300);
  await paste(page, `Digest = ${digests.map((digest) => `sha256:${digest}`).join(", ")}`);
  await showsEstimate(page, expected);
  const token = page.getByText(/^Digest = .*, \+297$/);
  await token.click();
  await applyEdit(page);
  await showsEstimate(page, expected);
  await token.waitFor();
});

test("a token of a few values is edited by ticking, and what is not on the first page stays", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  await paste(page, "Tag = latest, no such tag");
  await showsEstimate(page, engine.estimate(inventory, { tags: "latest" }));
  await page.getByText("Tag = latest, no such tag").click();
  await page.getByRole("button", { name: /Value/ }).press("Enter");
  await page.getByRole("option", { name: /^stable/ }).click();
  await applyEdit(page);
  await showsEstimate(page, engine.estimate(inventory, { tags: "latest,stable" }));
  await page
    .getByText(/no such tag/)
    .first()
    .waitFor();
});

test("seventy thousand values neither stop the engine nor the page", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const values = Array.from({ length: 70_000 }, (_, index) =>
    createHash("sha256").update(String(index)).digest("hex"),
  );
  await paste(page, `Digest = ${values.join(",")}`);
  await page.getByText("70,000 values of the filter match no image:").waitFor();
  await page.getByText("and 69,980 more").waitFor();
  await page.getByRole("button", { name: "Clear filter" }).press("Enter");
  await showsEstimate(page, engine.estimate(await sampleInventory()));
  assert.equal(await page.getByText("The engine stopped").count(), 0);
});
