/** Files that cannot be read, or not wholly: what is told, and that the inventory before them stays. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drop, engine, figures, openSample, sampleInventory, showsEstimate, smallCsv } from "./actions.js";
import { eventually, servePage } from "./support.js";

const { visit } = servePage();

const alertOf = (page, name) => page.getByRole("group").filter({ hasText: `${name} could not be read` });

test("a truncated file is refused with its place, and the inventory before it stays", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  await drop(page, { name: "cut.json", text: '[\n{"RepoName":"api","Tag":"1"},\n{"RepoName":"a' });
  const alert = alertOf(page, "cut.json");
  await alert.waitFor();
  const text = await alert.textContent();
  assert.match(text, /The JSON ends too early/);
  assert.match(text, /Line 3, column \d+: /);
  assert.match(text, /The inventory loaded before is still in use\./);
  assert.match(text, /truncated-json/);
  await showsEstimate(page, engine.estimate(await sampleInventory()));
  await page.getByText("Sample inventory", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Dismiss" }).press("Enter");
  await alert.waitFor({ state: "detached" });
});

test("a spreadsheet is refused with what to do instead", async (t) => {
  const { page } = await visit(t);
  await drop(page, { name: "images.xlsx", text: "PK\u0003\u0004\u0014\u0000" });
  const alert = alertOf(page, "images.xlsx");
  await alert.waitFor();
  assert.match(await alert.textContent(), /Export JSON or CSV/);
  // Without an inventory before it there is none to keep, and the invitation stands.
  assert.doesNotMatch(await alert.textContent(), /still in use/);
  assert.ok(await page.getByRole("button", { name: "Try the sample" }).isEnabled());
  await drop(page, { name: "images.csv", text: smallCsv });
  await eventually(() => figures(page), ["3", "2"]);
  await alert.waitFor({ state: "detached" });
});

test("of several files the one that cannot be read is named", async (t) => {
  const { page } = await visit(t);
  await drop(page, { name: "good.csv", text: smallCsv }, { name: "bad.json", text: "[{]" });
  await alertOf(page, "bad.json").waitFor();
});

test("rows that cannot be used are counted and placed, and the answer is marked", async (t) => {
  const { page } = await visit(t);
  const bad = `${smallCsv}acr,cn-hangzhou,too,few\nacr,cn-hangzhou,a,b,c,d,e,f,g\n`;
  await drop(page, { name: "holes.csv", text: bad });
  await eventually(() => figures(page), ["at least 3", "about 2"]);
  await page
    .getByText("The inventory is incomplete: more images may be covered, and some may be charged already.")
    .waitFor();
  await page.getByText("Incomplete", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Where 2 rows were left out" }).press("Enter");
  const places = await page.locator(".left-out-places li").allInnerTexts();
  assert.equal(places.length, 2);
  assert.match(places[0], /^Line 5, column 1: /);
  assert.match(places[1], /^Line 6, column 1: /);
  await page.getByText("Not a row: 2").waitFor();
});

test("fewer images than the export announces are told", async (t) => {
  const { page } = await visit(t);
  const reply = {
    PageInfo: { CurrentPage: 1, PageSize: 2, TotalCount: 5, Count: 1 },
    ImageInstanceList: [{ RepoName: "api", Tag: "1", Digest: "a".repeat(64) }],
  };
  await drop(page, { name: "page1.json", text: JSON.stringify(reply) });
  await eventually(() => figures(page), ["at least 1", "about 1"]);
  await page.getByText("The export announces 5 images, but 1 arrived.").waitFor();
});
