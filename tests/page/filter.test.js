/** The filter by keyboard alone: what it suggests, and that its answers are the engine's. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addFilter,
  engine,
  filterInput,
  openSample,
  options,
  sampleInventory,
  showsEstimate,
} from "./actions.js";
import { eventually, servePage } from "./support.js";

const { visit } = servePage();

const adds = ({ value, images, quota }, field) =>
  `${field ? `${field} = ` : ""}${value}|+${images} ${images === 1 ? "image" : "images"}, +${quota} quota`;

const shown = async (page) =>
  (await options(page).allInnerTexts()).slice(1).map((option) => option.replace(/\s*\n+\s*/g, "|"));

/** Moves down until the option that holds a text is the active one. */
async function walkTo(page, text) {
  const active = () =>
    page.evaluate(() => {
      const id = document.activeElement?.getAttribute("aria-activedescendant");
      return (id && document.getElementById(id)?.textContent) || "";
    });
  for (let step = 0; step < 20 && !(await active()).includes(text); step += 1) {
    await page.keyboard.press("ArrowDown");
  }
  assert.ok((await active()).includes(text), `no option with ${text} was reached`);
}

test("a value is typed, found and picked by keyboard", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  await filterInput(page).focus();
  await page.keyboard.type("payme");
  const expected = ["repoNamespaces", "repoNames"].flatMap((field) =>
    engine
      .suggest(inventory, {}, { field, text: "payme", limit: 5 })
      .suggestions.map((suggestion) => adds(suggestion, field === "repoNames" ? "Repository" : "Namespace")),
  );
  await eventually(() => shown(page), expected);
  await walkTo(page, "payments");
  await page.keyboard.press("Enter");
  await showsEstimate(page, engine.estimate(inventory, { repoNamespaces: "payments" }));
  await page.getByRole("group", { name: "Namespace equals payments" }).waitFor();
});

test("a suggestion says what it would add under the present filter", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  await addFilter(page, "Tag = latest");
  await showsEstimate(page, engine.estimate(inventory, { tags: "latest" }));
  await filterInput(page).focus();
  await page.keyboard.type("Region = ");
  const { suggestions } = engine.suggest(inventory, { tags: "latest" }, { field: "regionIds" });
  assert.ok(suggestions.length > 2);
  await eventually(
    () => shown(page),
    suggestions.map((suggestion) => adds(suggestion)),
  );
});

test("values of one field are alternatives, fields narrow each other", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  const steps = [
    ["Tag = latest", { tags: ["latest"] }],
    ["Tag = stable", { tags: ["latest", "stable"] }],
    ["Namespace = payments, identity", { tags: ["latest", "stable"], repoNamespaces: "payments,identity" }],
    [
      "Region = cn-hangzhou",
      { tags: ["latest", "stable"], repoNamespaces: "payments,identity", regionIds: "cn-hangzhou" },
    ],
  ];
  const counts = new Set();
  for (const [typed, filter] of steps) {
    await addFilter(page, typed);
    const expected = engine.estimate(inventory, filter);
    counts.add(expected.images);
    await showsEstimate(page, expected);
  }
  assert.equal(counts.size, steps.length, "every step must change the answer");
  await page.getByRole("group", { name: "Tag equals latest, stable" }).waitFor();
});

test("a filter is taken back", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  await addFilter(page, "Tag = latest");
  await addFilter(page, "Region = cn-hangzhou");
  await showsEstimate(page, engine.estimate(inventory, { tags: "latest", regionIds: "cn-hangzhou" }));
  await page
    .getByRole("group", { name: /^Tag/ })
    .getByRole("button", { name: /remove/i })
    .press("Enter");
  await showsEstimate(page, engine.estimate(inventory, { regionIds: "cn-hangzhou" }));
  await page.getByRole("button", { name: "Clear filter" }).press("Enter");
  await showsEstimate(page, engine.estimate(inventory));
});

test("a value that matches nothing is named", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  await addFilter(page, "Tag = latest");
  await addFilter(page, "Tag = lastest");
  await page.getByText("One value of the filter matches no image:").waitFor();
  assert.match(await page.locator(".value-list").first().textContent(), /Tag lastest/);
  const inventory = await sampleInventory();
  await showsEstimate(page, engine.estimate(inventory, { tags: "latest,lastest" }));
});

test("a text that names no field changes no number and says why", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  await addFilter(page, "nowhere");
  await page.getByText("“nowhere” was not added, because it names no field.").waitFor();
  const inventory = await sampleInventory();
  await showsEstimate(page, engine.estimate(inventory));
});

test("values are text, never markup", async (t) => {
  const { page, seen } = await visit(t);
  await openSample(page);
  await addFilter(page, "Tag = <img src=x onerror=alert(1)>");
  await page.locator(".value-list").getByText("<img src=x onerror=alert(1)>").waitFor();
  assert.equal(await page.locator("img[src=x]").count(), 0);
  assert.deepEqual(seen.errors, []);
});
