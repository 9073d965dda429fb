/** What a visitor meets: the invitation, and the three ways to an inventory. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  choose,
  drop,
  engine,
  figures,
  filterInput,
  openSample,
  parts,
  sampleInventory,
  showsEstimate,
  smallCsv,
} from "./actions.js";
import { eventually, servePage } from "./support.js";

const { visit } = servePage();

test("the empty page invites, and asks for nothing", async (t) => {
  const { page } = await visit(t);
  assert.equal(await page.title(), "Image scan precheck");
  await page.getByRole("heading", { name: "Will the next scan fit into your quota?" }).waitFor();
  assert.ok(await page.getByRole("button", { name: "Try the sample" }).isEnabled());
  assert.ok(await page.getByRole("button", { name: "Choose a file" }).isEnabled());
  assert.equal(await filterInput(page).count(), 0);
  assert.equal(await page.getByRole("textbox").count(), 0);
});

test("the sample gives what the engine gives in Node", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  const expected = engine.estimate(inventory);
  await showsEstimate(page, expected);
  const { quota, free } = expected;
  await eventually(
    () => parts(page),
    [quota, free.duplicates, free.charged].map((count) => count.toLocaleString("en-US")),
  );
  await page.getByText("Enter the remaining quota to see whether the scan fits").first().waitFor();
});

test("a file is dropped anywhere on the page", async (t) => {
  const { page } = await visit(t);
  await drop(page, { name: "images.csv", text: smallCsv });
  await eventually(() => figures(page), ["3", "2"]);
  await page.getByText("images.csv", { exact: true }).waitFor();
  assert.equal(await page.locator(".drop-overlay").count(), 0);
});

test("a file held over the page shows where it may fall, until it leaves", async (t) => {
  const { page } = await visit(t);
  const drag = (type) =>
    page.evaluate((name) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["x"], "images.csv"));
      document.body.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true }));
    }, type);
  await drag("dragenter");
  await page.getByText("Drop to open as the inventory").waitFor();
  await drag("dragleave");
  await page.locator(".drop-overlay").waitFor({ state: "detached" });
});

test("a file is chosen with the button, and another one takes its place", async (t) => {
  const { page } = await visit(t);
  await choose(page, "Choose a file", { name: "images.csv", text: smallCsv });
  await eventually(() => figures(page), ["3", "2"]);
  const row = { RepoName: "api", Tag: "2", Digest: "c".repeat(64) };
  await choose(page, "Choose another file", { name: "other.json", text: JSON.stringify([row]) });
  await eventually(() => figures(page), ["1", "1"]);
  await page.getByText("Rows as JSON objects").waitFor();
});

test("several files are one inventory", async (t) => {
  const { page } = await visit(t);
  const second = `RepoName,Tag,Digest\nworker,1,${"c".repeat(64)}\n`;
  await drop(page, { name: "1.csv", text: smallCsv }, { name: "2.csv", text: second });
  await eventually(() => figures(page), ["4", "3"]);
  await page.getByText("2 files", { exact: true }).waitFor();
});
