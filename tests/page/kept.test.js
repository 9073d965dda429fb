/** Inventories are kept in the browser only where the user says so, are opened from there, and are forgotten. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cycleInput,
  drop,
  engine,
  figures,
  openSample,
  sampleInventory,
  showsEstimate,
  smallCsv,
} from "./actions.js";
import { findings } from "./axe.js";
import { eventually, servePage } from "./support.js";

const { visit } = servePage();

const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

async function openCsv(page, name = "images.csv") {
  await drop(page, { name, text: smallCsv });
  await page.getByText(name, { exact: true }).first().waitFor();
  await eventually(() => figures(page), ["3", "2"]);
}

const again = async (page) => {
  await page.reload();
  await page.locator("main h2").first().waitFor();
};

const keepButton = (page) => page.getByRole("button", { name: "Keep in this browser" });

async function keep(page) {
  await keepButton(page).click();
  await page
    .getByText(/^Kept in this browser, \d/)
    .first()
    .waitFor();
}

const focusedText = (page) => page.evaluate(() => document.activeElement.textContent);

test("by mouse: kept, opened at once after a reload, and forgotten", async (t) => {
  const { page, seen } = await visit(t, {});
  await openCsv(page);
  assert.deepEqual(await databases(page), []);
  await keep(page);
  await again(page);
  await page.getByRole("heading", { name: "Kept in this browser" }).waitFor();
  await page.getByText(/^3 images · .* · \d+ kB$/).waitFor();
  await page.getByRole("button", { name: "images.csv", exact: true }).click();
  await eventually(() => figures(page), ["3", "2"]);
  await page.getByText("A table with a header line").waitFor();
  await page.getByRole("button", { name: "Forget in this browser" }).click();
  await page.getByText("Not kept any more.").waitFor();
  await eventually(() => figures(page), ["3", "2"]);
  await eventually(() => databases(page), []);
  await again(page);
  assert.equal(await page.getByRole("heading", { name: "Kept in this browser" }).count(), 0);
  assert.deepEqual([seen.violations, seen.errors], [[], []]);
});

test("by keyboard: kept, opened, one forgotten, all forgotten, and the focus is never lost", async (t) => {
  const { page } = await visit(t, {});
  for (const name of ["one.csv", "two.csv", "three.csv"]) {
    await openCsv(page, name);
    await keepButton(page).focus();
    await page.keyboard.press("Enter");
    await page
      .getByText(/^Kept in this browser, \d/)
      .first()
      .waitFor();
    assert.equal(await focusedText(page), "Forget in this browser");
  }
  await again(page);
  await page.getByRole("button", { name: "Forget two.csv" }).press("Enter");
  await eventually(() => page.locator(".kept-list li").count(), 2);
  assert.equal(await focusedText(page), "Kept in this browser");
  await page.getByRole("button", { name: "one.csv", exact: true }).press("Enter");
  await eventually(() => figures(page), ["3", "2"]);
  await again(page);
  await page.getByRole("button", { name: "Forget all" }).press("Enter");
  await page.getByText("Nothing is kept any more.").waitFor();
  assert.equal(await focusedText(page), "Kept in this browser");
  await eventually(() => databases(page), []);
});

test("the cycle goes with it, and another one can be given", async (t) => {
  const { page, url } = await visit(t, {});
  await openSample(page);
  const start = "2026/11/01";
  const at = new Date("2026-11-01T00:00:00+08:00").getTime();
  await cycleInput(page).fill(start);
  await showsEstimate(page, engine.estimate(await sampleInventory({ cycleStart: at })));
  await keep(page);
  // The address says it too: without it, what was kept does.
  await page.goto("about:blank");
  await page.goto(url);
  await page.getByText("Cycle from Nov 1, 2026").waitFor();
  await page.getByRole("button", { name: "Sample inventory", exact: true }).click();
  await showsEstimate(page, engine.estimate(await sampleInventory({ cycleStart: at })));
  await cycleInput(page).fill("");
  await showsEstimate(page, engine.estimate(await sampleInventory()));
  await cycleInput(page).fill("2026/11/10");
  const later = new Date("2026-11-10T00:00:00+08:00").getTime();
  await showsEstimate(page, engine.estimate(await sampleInventory({ cycleStart: later })));
});

/** Changes the first snapshot in the database. */
const spoil = (page, how) =>
  page.evaluate(async (kind) => {
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open("scan-precheck"));
    const store = database.transaction("snapshots", "readwrite").objectStore("snapshots");
    const [key] = await done(store.getAllKeys());
    const bytes = await done(store.get(key));
    if (kind === "gone") await done(store.delete(key));
    if (kind === "damaged") {
      bytes[bytes.length - 20] ^= 0xff;
      await done(store.put(bytes, key));
    }
    if (kind === "foreign") await done(store.put(new TextEncoder().encode("Tag\n1\n"), key));
    database.close();
  }, how);

for (const [how, code] of [
  ["damaged", "damaged-snapshot"],
  ["foreign", "not-a-snapshot"],
  ["gone", "kept-gone"],
]) {
  test(`a snapshot that is ${how} is told plainly, and can be forgotten`, async (t) => {
    const { page } = await visit(t, {});
    await openCsv(page);
    await keep(page);
    await again(page);
    await spoil(page, how);
    await page.getByRole("button", { name: "images.csv", exact: true }).click();
    await page.getByText("images.csv could not be read").first().waitFor();
    await page.getByText(code, { exact: true }).waitFor();
    await page.getByRole("button", { name: "Forget images.csv" }).click();
    await page.getByText("Nothing is kept any more.").waitFor();
  });
}

for (const [what, code, words] of [
  ["there is no room", "storage-full", "The browser has no room for it."],
  ["the browser keeps nothing", "storage-unavailable", "The browser keeps nothing for this page"],
]) {
  test(`where ${what}, that is said, and the open inventory stays`, async (t) => {
    const { page } = await visit(t, {}, (fresh) =>
      fresh.addInitScript((kind) => {
        if (kind === "storage-full") {
          IDBObjectStore.prototype.put = () => {
            throw new DOMException("the quota has been exceeded", "QuotaExceededError");
          };
        } else {
          IDBFactory.prototype.open = () => {
            throw new DOMException("storage is disabled", "SecurityError");
          };
        }
      }, code),
    );
    await openCsv(page);
    await keepButton(page).click();
    await page.getByText(words).first().waitFor();
    await page.getByText(code, { exact: true }).first().waitFor();
    assert.deepEqual(await figures(page), ["3", "2"]);
    assert.ok(await keepButton(page).isEnabled());
  });
}

for (const locale of ["en-US", "zh-CN"]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`no rule of accessibility is broken: ${locale}, ${colorScheme}`, async (t) => {
      const { page } = await visit(t, { locale, colorScheme, bypassCSP: true });
      await openCsv(page);
      await page
        .locator("button", { hasText: locale === "en-US" ? "Keep in this browser" : "保存到本浏览器" })
        .click();
      await page
        .getByText(/^(Kept in this browser, |已保存到本浏览器)/)
        .first()
        .waitFor();
      assert.deepEqual(await findings(page), []);
      await again(page);
      await page.locator(".kept-list").waitFor();
      assert.deepEqual(await findings(page), []);
    });
  }
}
