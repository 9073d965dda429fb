/** What each value of a field comes to: the package's own facets, and the way from a value into the filter. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { estimate, facets } from "scan-precheck";
import { addFilter, drop, grouped, openSample, parts, sampleInventory, showsEstimate } from "./actions.js";
import { findings } from "./axe.js";
import { eventually, servePage } from "./support.js";
import { chooseField, images, open, openTab, showsRange, tab, value, valueLines, values } from "./why.js";

const { visit } = servePage();

const FIELDS = {
  registryTypes: "Registry type",
  regionIds: "Region",
  instanceIds: "Instance",
  repoNamespaces: "Namespace",
  repoNames: "Repository",
  repoIds: "Repository ID",
  tags: "Tag",
  digests: "Digest",
};

/** All that Node's engine says of a field, in the order that is asked for. */
function ranked(inventory, filter, field, rank) {
  const { values: found, absent, total } = facets(inventory, filter, { field, limit: 10_000 });
  assert.equal(found.length, total);
  const order =
    rank === "images" ? found : found.toSorted((a, b) => b.quota - a.quota || b.images - a.images);
  return { order, absent };
}

function lines({ order, absent }, shown) {
  const told = order
    .slice(0, shown)
    .map(({ value: name, images: n, quota }) => [name, grouped(quota), grouped(n)]);
  if (absent.images > 0) told.push(["No value", grouped(absent.quota), grouped(absent.images)]);
  return told;
}

test("each field shows its values with images and quota, as the package counts them", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  for (const filter of [{}, { tags: ["latest"] }]) {
    if (filter.tags) await addFilter(page, "Tag = latest");
    for (const [field, name] of Object.entries(FIELDS)) {
      await chooseField(page, name);
      for (const [rank, label] of [
        ["images", "Images"],
        ["quota", "Quota"],
      ]) {
        await open(page, "By field").getByRole("button", { name: label, exact: true }).click();
        const expected = ranked(inventory, filter, field, rank);
        await eventually(() => valueLines(page), lines(expected, 20));
        const more = expected.order.length - 20;
        assert.equal(
          await page.getByText(`and ${grouped(more)} more`, { exact: true }).count(),
          more > 0 ? 1 : 0,
        );
      }
    }
  }
});

test("more values are shown on demand", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const expected = ranked(await sampleInventory(), {}, "tags", "quota");
  await chooseField(page, "Tag");
  await eventually(() => valueLines(page), lines(expected, 20));
  await page.getByRole("button", { name: "Show 80 more" }).click();
  await eventually(() => valueLines(page), lines(expected, 100));
  await page.getByRole("button", { name: "Show 100 more" }).press("Enter");
  await eventually(() => valueLines(page), lines(expected, 200));
});

test("a click on a value takes it into the filter, another takes it out", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  await chooseField(page, "Namespace");
  const { order } = ranked(inventory, {}, "repoNamespaces", "quota");
  const [first, second] = order.map(({ value: name }) => name);
  await value(page, first).click();
  await showsEstimate(page, estimate(inventory, { repoNamespaces: [first] }));
  assert.equal(await value(page, first).getAttribute("aria-pressed"), "true");
  // The field's own part of the filter is left aside, so the values stay where they are.
  await eventually(
    () => valueLines(page),
    lines({ order, absent: facets(inventory, {}, { field: "repoNamespaces" }).absent }, 20),
  );
  await value(page, second).click();
  await showsEstimate(page, estimate(inventory, { repoNamespaces: [first, second] }));
  await page.getByText(`Namespace = ${first}, ${second}`).first().waitFor();
  await value(page, first).click();
  await showsEstimate(page, estimate(inventory, { repoNamespaces: [second] }));
  await value(page, second).click();
  await showsEstimate(page, estimate(inventory));
  assert.equal(await values(page).getByText("In the filter").count(), 0);
});

test("by keyboard alone: from the tabs to a field, to a value, into the filter and out of it", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  const focused = () => page.evaluate(() => document.activeElement?.textContent.trim() ?? "");
  const tabTo = async (name) => {
    for (let step = 0; step < 60; step += 1) {
      if ((await focused()).startsWith(name)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`Tab does not reach ${name}`);
  };
  await tabTo("By field");
  await tabTo("Registry type");
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: "Region", exact: true }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const { order } = ranked(inventory, {}, "regionIds", "quota");
  const [{ value: first }] = order;
  await value(page, first).waitFor();
  await tabTo(first);
  await page.keyboard.press("Enter");
  await showsEstimate(page, estimate(inventory, { regionIds: [first] }));
  await eventually(async () => (await focused()).startsWith(first), true);
  await page.keyboard.press("Space");
  await showsEstimate(page, estimate(inventory));
});

test("where a digest is under several values, it is said that their quota does not add up", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  const { order, absent } = ranked(inventory, {}, "registryTypes", "quota");
  const sum = order.reduce((all, { quota }) => all + quota, absent.quota);
  const { quota } = estimate(inventory);
  assert.ok(sum > quota);
  await page
    .getByText(`adds up to ${grouped(sum)}, and a scan of all of them consumes ${grouped(quota)}:`)
    .waitFor();
  // There are more tags than are asked for at first.
  const { values: first, total } = facets(inventory, {}, { field: "tags", limit: 1_000 });
  assert.ok(total > 1_000);
  const atLeast = first.reduce((all, { quota: own }) => all + own, 0);
  await chooseField(page, "Tag");
  await page.getByText(`adds up to at least ${grouped(atLeast)}, `).waitFor();
  await chooseField(page, "Digest");
  await page.getByText("adds up to").waitFor({ state: "detached" });
});

test("a value of the filter that is not among the first stands behind them", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  const { order } = ranked(inventory, {}, "tags", "quota");
  const last = order.at(-1);
  await chooseField(page, "Tag");
  await addFilter(page, `Tag = ${last.value}, no such tag`);
  await eventually(
    async () => (await valueLines(page)).slice(20, 22),
    [
      [last.value, grouped(last.quota), grouped(last.images)],
      ["no such tag", "0", "0"],
    ],
  );
  await value(page, "no such tag").click();
  await showsEstimate(page, estimate(inventory, { tags: [last.value] }));
});

test("what the filter leaves out is told by field, and leads to the field's values", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  await addFilter(page, "Tag = latest");
  await addFilter(page, "Registry type = acr");
  const filter = { tags: "latest", registryTypes: "acr" };
  const [both, tags] = [estimate(inventory, filter), estimate(inventory, { registryTypes: "acr" })];
  const all = inventory.images - both.images - both.notScannable;
  await page.getByText(`${grouped(all)} images of the inventory are left out by the filter.`).waitFor();
  await page.getByRole("button", { name: "Show by which field" }).press("Enter");
  await eventually(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "By field");
  await page.getByText(`Left out by the filter: ${grouped(all)} images`).waitFor();
  await page
    .getByText(
      `Tag: without this part of the filter, ${grouped(tags.images - both.images)} images more would be covered`,
    )
    .waitFor();
  await page.getByRole("button", { name: "Show its values: Tag" }).press("Enter");
  await value(page, "latest").waitFor();
});

test("each number under the answer leads to its images", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  const { images: covered, quota, free } = estimate(inventory);
  assert.deepEqual(await parts(page), [quota, free.duplicates, free.charged].map(grouped));
  for (const [name, count] of [
    ["Images covered", covered],
    ["Quota to consume", quota],
    ["Share a digest", free.duplicates],
    ["Consume quota", quota],
  ]) {
    await page.getByRole("button", { name: `${grouped(count)}: show these images (${name})` }).press("Enter");
    await showsRange(page, `Images 1 to 50 of ${grouped(count)}`);
    await eventually(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Images");
    assert.equal(await tab(page, "Images").getAttribute("aria-selected"), "true");
    await images(page).waitFor();
  }
});

test("hostile values stay text, and those that no filter can ask for say so", async (t) => {
  const { page, seen } = await visit(t);
  const hostile = ["<img src=x onerror=alert(1)>", "=1+1", "\u202etxt.exe", "{{7*7}}", "javascript:alert(1)"];
  const rows = [...hostile, "a,b"].map((tag, at) => `"${tag}",${String(at).padStart(64, "0")}`);
  await drop(page, { name: "hostile.csv", text: `Tag,Digest\n${rows.join("\n")}\n` });
  await chooseField(page, "Tag");
  await eventually(
    async () => (await valueLines(page)).map(([name]) => name.replace(/Holds a comma.*/, "")).sort(),
    [...hostile, "a,b"].sort(),
  );
  assert.equal(await values(page).locator("img").count(), 0);
  assert.equal(await values(page).getByRole("button", { name: "a,b" }).count(), 0);
  await page.getByText("no filter can ask for it").waitFor();
  await values(page).getByRole("button", { name: hostile[0] }).click();
  await showsEstimate(page, { images: 1, quota: 1 });
  assert.deepEqual(seen.violations, []);
  assert.deepEqual(seen.errors, []);
});

test("of many values the most by quota are shown, and how many more there are", async (t) => {
  const { page } = await visit(t);
  // Values with the most images have next to no quota; those with the most quota come far behind them.
  const rows = [];
  for (let tag = 0; tag < 1_500; tag += 1) {
    for (let at = 0; at < 3; at += 1) rows.push(`many${tag},r${at},${"a".repeat(64)}`);
  }
  for (let tag = 0; tag < 30; tag += 1) {
    for (let at = 0; at < 2; at += 1) {
      rows.push(`few${tag},r${at},${(2 * tag + at).toString(16).padStart(64, "0")}`);
    }
  }
  await drop(page, { name: "many.csv", text: `Tag,RepoName,Digest\n${rows.join("\n")}\n` });
  await chooseField(page, "Tag");
  await page.getByText("and 1,510 more", { exact: true }).waitFor();
  await eventually(
    async () => (await valueLines(page)).every(([name, quota]) => /^few/.test(name) && quota === "2"),
    true,
  );
  assert.equal(await page.getByText("Found among").count(), 0);
});

for (const locale of ["en-US", "zh-CN"]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing: ${locale}, ${colorScheme}`, async (t) => {
      const { page } = await visit(t, { locale, colorScheme, bypassCSP: true });
      const english = locale === "en-US";
      await page.locator(".welcome-actions button").first().click();
      await values(page).waitFor();
      assert.deepEqual(await findings(page), [], "by registry type");
      await chooseField(page, english ? "Tag" : "镜像版本");
      await addFilter(page, english ? "Tag = latest" : "镜像版本 = latest");
      await values(page).locator("[aria-pressed=true]").waitFor();
      assert.deepEqual(await findings(page), [], "by tag, one of which is in the filter");
    });
  }
}

test("at a width of 320 px nothing asks to be scrolled sideways", async (t) => {
  const { page } = await visit(t, { viewport: { width: 320, height: 640 } });
  await openSample(page);
  await values(page).waitFor();
  for (const name of ["By field", "Images"]) {
    await openTab(page, name);
    await open(page, name).locator("tbody tr").nth(2).waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 320, `${name} is ${width} px wide`);
  }
});
