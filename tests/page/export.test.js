/** Images taken along as a file: every one of them, as a table or as JSON, and no cell that a spreadsheet would run. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { explain, Inventory } from "scan-precheck";
import { explainedHeader, explainedRow } from "../../npm/explained-rows.js";
import { addFilter, drop, grouped, openSample, sampleInventory } from "./actions.js";
import { findings } from "./axe.js";
import { eventually, servePage } from "./support.js";
import { choose, content, images, open, openTab, showsRange } from "./why.js";

const { visit } = servePage();

const COVERED = ["chargedNow", "sameDigest", "alreadyCharged", "unknownDigest"];

/** All images, as the package explains them. */
function explained(inventory, filter, options) {
  const all = [];
  for (;;) {
    const page = explain(inventory, filter, { ...options, offset: all.length, limit: 1_000 });
    all.push(...page.images);
    if (all.length >= page.total) return { ...page, images: all };
  }
}

/** The cells of a table as RFC 4180 has them. */
function parsed(text) {
  const rows = [[]];
  let at = 0;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      const end = /"(?!")/g;
      end.lastIndex = at + 1;
      let stop = at + 1;
      while (text[stop] !== '"' || text[stop + 1] === '"') stop += text[stop] === '"' ? 2 : 1;
      cell = text.slice(at + 1, stop).replaceAll('""', '"');
      at = stop + 1;
    } else {
      const stop = at + text.slice(at).search(/[,\r]/);
      cell = text.slice(at, stop);
      at = stop;
    }
    rows.at(-1).push(cell);
    if (text[at] === "\r") {
      rows.push([]);
      at += 2;
    } else at += 1;
  }
  rows.pop();
  return rows;
}

async function exported(page, format, by = "click") {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export", exact: true }).press("Enter");
  const item = page.getByRole("menuitem", { name: `These images as ${format}` });
  if (by === "click") await item.click();
  else await page.keyboard.press("Enter");
  return download;
}

test("the table parsed back is the images, and JSON is the package's own answer", async (t) => {
  const { page, seen } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  await openTab(page, "Images");
  await images(page).waitFor();
  const expected = explained(inventory, {}, { reason: COVERED });
  assert.ok(expected.total > 4_000);

  const table = await exported(page, "CSV", "keyboard");
  assert.equal(table.suggestedFilename(), "scan-precheck-images.csv");
  const text = await content(table);
  assert.equal(text[0], "\u{feff}");
  assert.deepEqual(parsed(text.slice(1)), [explainedHeader, ...expected.images.map(explainedRow)]);
  await open(page, "Export of images")
    .getByText(`${grouped(expected.total)} images exported`)
    .waitFor();

  const json = await exported(page, "JSON");
  assert.equal(json.suggestedFilename(), "scan-precheck-images.json");
  assert.deepEqual(JSON.parse(await content(json)), { filter: {}, ...expected });
  assert.deepEqual(seen.violations, []);
  assert.deepEqual(seen.errors, []);
});

test("what is exported is what is listed: the filter, the reason, the order", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  await addFilter(page, "Registry type = acr");
  await openTab(page, "Images");
  await choose(page, "Share a digest");
  await images(page).getByRole("columnheader", { name: "Digest", exact: true }).getByRole("button").click();
  const filter = { registryTypes: ["acr"] };
  const expected = explained(await sampleInventory(), filter, { reason: "sameDigest", sort: "digests" });
  await showsRange(page, `Images 1 to 50 of ${grouped(expected.total)}`);
  const json = await exported(page, "JSON");
  assert.deepEqual(JSON.parse(await content(json)), { filter, ...expected });
});

test("the file can be saved again, until it is dismissed", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  await openTab(page, "Images");
  await images(page).waitFor();
  const first = await content(await exported(page, "CSV"));
  // It is there also after a look at another tab.
  await openTab(page, "By field");
  await openTab(page, "Images");
  const again = page.waitForEvent("download");
  await page.getByRole("link", { name: "Save scan-precheck-images.csv" }).press("Enter");
  assert.equal(await content(await again), first);
  await open(page, "Export of images").getByRole("button", { name: "Dismiss" }).press("Enter");
  await page.getByRole("link", { name: "Save scan-precheck-images.csv" }).waitFor({ state: "detached" });
  await eventually(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Images");
});

test("no cell begins a formula, and no text breaks out of its cell", async (t) => {
  const { page } = await visit(t);
  const hostile = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", 'a"b', "a\nb", "a,b", "'quoted", "\tx", "中文"];
  const rows = hostile.map((name, row) => ({
    RepoName: name,
    Tag: "1",
    Digest: String(row).padStart(64, "0"),
  }));
  const text = JSON.stringify(rows);
  await drop(page, { name: "hostile.json", text });
  await openTab(page, "Images");
  await images(page).waitFor();
  const inventory = await Inventory.load(text);
  const expected = explained(inventory, {}, { reason: COVERED });
  const [header, ...found] = parsed((await content(await exported(page, "CSV"))).slice(1));
  assert.deepEqual(header, explainedHeader);
  for (const cell of found.flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
  const unguarded = found.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, "")));
  assert.deepEqual(unguarded, expected.images.map(explainedRow));
});

test("an export that is under way shows how far it is, can be stopped, and leaves no file", async (t) => {
  const { page } = await visit(t);
  const rows = Array.from(
    { length: 120_000 },
    (_, at) => `r${at % 900},t${at},${at.toString(16).padStart(64, "0")}`,
  );
  await drop(page, { name: "many.csv", text: `RepoName,Tag,Digest\n${rows.join("\n")}\n` });
  await openTab(page, "Images");
  await showsRange(page, "Images 1 to 50 of 120,000");
  let downloads = 0;
  page.on("download", () => {
    downloads += 1;
  });
  await page.getByRole("button", { name: "Export", exact: true }).press("Enter");
  await page.keyboard.press("Enter");
  await page.getByText(/^[\d,]+ of 120,000 images$/).waitFor();
  await open(page, "Export of images").getByRole("button", { name: "Cancel" }).press("Enter");
  await open(page, "Export of images").waitFor({ state: "detached" });
  await eventually(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Images");
  // The next one is whole: nothing of the one that was stopped is left.
  const text = await content(await exported(page, "CSV"));
  assert.equal(text.split("\r\n").length, 120_002);
  assert.equal(downloads, 1);
});

test("another inventory ends an export, which says why", async (t) => {
  const { page } = await visit(t);
  const rows = Array.from(
    { length: 120_000 },
    (_, at) => `r${at % 900},t${at},${at.toString(16).padStart(64, "0")}`,
  );
  await drop(page, { name: "many.csv", text: `RepoName,Tag,Digest\n${rows.join("\n")}\n` });
  await openTab(page, "Images");
  await showsRange(page, "Images 1 to 50 of 120,000");
  await page.getByRole("button", { name: "Export", exact: true }).press("Enter");
  await page.keyboard.press("Enter");
  await drop(page, { name: "one.csv", text: "RepoName,Tag\na,1\n" });
  await page.getByText("The images could not be exported").waitFor();
  await showsRange(page, "Images 1 to 1 of 1");
});

for (const locale of ["en-US", "zh-CN"]) {
  test(`axe finds nothing beside an export: ${locale}`, async (t) => {
    const { page } = await visit(t, { locale, bypassCSP: true });
    const english = locale === "en-US";
    await page.locator(".welcome-actions button").first().click();
    await openTab(page, english ? "Images" : "镜像明细");
    await images(page).waitFor();
    await page.getByRole("button", { name: english ? "Export" : "导出", exact: true }).press("Enter");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "scan-precheck-images.csv" }).waitFor();
    assert.deepEqual(await findings(page), []);
  });
}
