/** More ways to an inventory: pasted, added to, with values for what its export lacks; and how fast it is read. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Inventory } from "scan-precheck";
import {
  addFilter,
  choose,
  drop,
  engine,
  figures,
  filterInput,
  openSample,
  sampleInventory,
  showsEstimate,
  smallCsv,
} from "./actions.js";
import { findings } from "./axe.js";
import { eventually, servePage } from "./support.js";

const { visit } = servePage();

/** Pastes as Ctrl+V does where the focus is. */
const paste = (page, { text, files = [] }) =>
  page.evaluate(
    ([pasted, dropped]) => {
      const clipboardData = new DataTransfer();
      if (pasted !== undefined) clipboardData.setData("text/plain", pasted);
      for (const { name, text: content } of dropped) clipboardData.items.add(new File([content], name));
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      return document.activeElement.dispatchEvent(event);
    },
    [text, files],
  );

test("text is pasted with the keyboard itself", async (t) => {
  const { page } = await visit(t, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.evaluate((text) => navigator.clipboard.writeText(text), smallCsv);
  await page.keyboard.press("Control+V");
  await eventually(() => figures(page), ["3", "2"]);
  await page.getByText("Pasted text", { exact: true }).waitFor();
});

test("files are pasted, and take the place of the inventory before", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  await paste(page, { files: [{ name: "copied.csv", text: smallCsv }] });
  await page.getByText("copied.csv", { exact: true }).waitFor();
  await eventually(() => figures(page), ["3", "2"]);
});

test("what is pasted into an input stays there, and a blank text is nothing", async (t) => {
  const { page } = await visit(t);
  await drop(page, { name: "images.csv", text: smallCsv });
  await eventually(() => figures(page), ["3", "2"]);
  await filterInput(page).focus();
  // Not prevented: the browser goes on to insert it.
  assert.equal(await paste(page, { text: "Tag\n1\n" }), true);
  await page.evaluate(() => document.activeElement.blur());
  assert.equal(await paste(page, { text: " \n" }), true);
  await page.getByText("images.csv", { exact: true }).waitFor();
  assert.deepEqual(await figures(page), ["3", "2"]);
});

test("a pasted text that cannot be read is told with its place, and the inventory before stays", async (t) => {
  const { page } = await visit(t);
  await drop(page, { name: "images.csv", text: smallCsv });
  await eventually(() => figures(page), ["3", "2"]);
  await page.evaluate(() => document.activeElement.blur());
  await paste(page, { text: '[{"Tag":"1"},{' });
  await page.getByText("Pasted text could not be read").first().waitFor();
  await page.getByText("The inventory loaded before is still in use.").waitFor();
  assert.deepEqual(await figures(page), ["3", "2"]);
});

const more = `RegistryType,RegionId,RepoNamespace,RepoName,Tag,Digest\nquay,cn-hangzhou,base,more,1,${"c".repeat(64)}\n`;

test("files are added to files, to the sample and to a pasted text", async (t) => {
  const { page } = await visit(t);
  await drop(page, { name: "images.csv", text: smallCsv });
  await eventually(() => figures(page), ["3", "2"]);
  await choose(page, "Add files", { name: "more.csv", text: more });
  await eventually(() => figures(page), ["4", "3"]);
  await page.getByText("2 files", { exact: true }).waitFor();

  await page.evaluate(() => document.activeElement.blur());
  await paste(page, { text: smallCsv });
  await page.getByText("Pasted text", { exact: true }).waitFor();
  await choose(page, "Add files", { name: "more.csv", text: more });
  await page.getByText("Pasted text + more.csv", { exact: true }).waitFor();
  await eventually(() => figures(page), ["4", "3"]);

  // What cannot be read is named, and costs nothing.
  await choose(page, "Add files", { name: "bad.json", text: "[{" });
  await page.getByText("bad.json could not be read").first().waitFor();
  assert.deepEqual(await figures(page), ["4", "3"]);
  await page.getByText("Pasted text + more.csv", { exact: true }).waitFor();
});

test("files are added to the sample", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const sample = engine.estimate(await sampleInventory());
  await choose(page, "Add files", { name: "more.csv", text: more });
  await showsEstimate(page, { images: sample.images + 1, quota: sample.quota + 1 });
  await page.getByText("Sample inventory + more.csv", { exact: true }).waitFor();
});

const bare = `RepoName,Tag,Digest\ncentos,7,${"a".repeat(64)}\napi,1,${"b".repeat(64)}\n`;

test("what no row says is filled in, by keyboard, and corrected", async (t) => {
  const { page } = await visit(t);
  await drop(page, { name: "bare.csv", text: bare });
  await eventually(() => figures(page), ["2", "2"]);
  await page.getByRole("button", { name: "Fill in what no row says" }).press("Enter");
  // Only what is lacking is asked for.
  assert.equal(await page.getByRole("textbox", { name: "Repository", exact: true }).count(), 0);
  await page.getByRole("textbox", { name: "Registry type" }).fill("harbor");
  await page.getByRole("textbox", { name: "Region" }).fill(" cn-hangzhou ");
  await page.keyboard.press("Enter");
  await eventually(
    async () => /Region/.test(await page.getByText(/^No row holds a value for/).textContent()),
    false,
  );
  await addFilter(page, "Region = cn-hangzhou");
  const expected = await Inventory.load(bare, {
    defaults: { registryType: "harbor", regionId: "cn-hangzhou" },
  });
  await showsEstimate(page, engine.estimate(expected, { regionIds: "cn-hangzhou", registryTypes: "harbor" }));
  await page.getByRole("button", { name: "Fill in what no row says" }).press("Enter");
  await page.getByRole("textbox", { name: "Region" }).fill("cn-beijing");
  await page.getByRole("button", { name: "Read again with these values" }).click();
  await eventually(() => figures(page), ["0", "0"]);
  // Another inventory begins without them.
  await drop(page, { name: "images.csv", text: smallCsv });
  await eventually(() => figures(page), ["2", "1"]);
});

test("an export that lacks nothing is asked nothing", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  assert.equal(await page.getByText("Fill in what no row says").count(), 0);
});

test("the progress says how many rows are read a second", async (t) => {
  const { page } = await visit(t);
  await page.evaluate(() => {
    const row = `{"RepoName":"api","Tag":"1","Digest":"${"a".repeat(64)}"}`;
    const block = new Blob([`${row},`.repeat(10_000)]);
    const file = new File(["[", ...Array(192).fill(block), row, "]"], "large.json");
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(file);
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  });
  const shown = page.getByText(/rows so far · [\d,]+ rows a second/).first();
  await shown.waitFor();
  const [, rate] = (await shown.textContent()).match(/([\d,]+) rows a second/);
  assert.ok(Number(rate.replaceAll(",", "")) > 10_000, rate);
});

for (const locale of ["en-US", "zh-CN"]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`no rule of accessibility is broken: ${locale}, ${colorScheme}`, async (t) => {
      const { page } = await visit(t, { locale, colorScheme, bypassCSP: true });
      await drop(page, { name: "bare.csv", text: bare });
      await eventually(() => figures(page), ["2", "2"]);
      const name = locale === "en-US" ? "Fill in what no row says" : "补充所有行都缺少的字段";
      await page.getByRole("button", { name }).press("Enter");
      await page.getByRole("textbox", { name: locale === "en-US" ? "Region" : "地域" }).waitFor();
      assert.deepEqual(await findings(page), []);
    });
  }
}
