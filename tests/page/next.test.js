/** What to do next: the request to copy, and the plan within the remaining quota. By keyboard, and equal to the package. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { plan, reconcile } from "scan-precheck";
import { addFilter, engine, openSample, remainingInput, sampleInventory, showsEstimate } from "./actions.js";
import { findings } from "./axe.js";
import { eventually, servePage } from "./support.js";

const { visit } = servePage();

/** Opens a tab by keyboard. */
async function openTab(page, name) {
  await page.getByRole("tab", { name, exact: true }).press("Enter");
  await page.locator(`section[aria-label="${name}"]`).waitFor();
}

const text = (page) => page.locator(".copy-text pre").first().textContent();

test("the request says the filter, in each form, for precheck and for submission", async (t) => {
  const { page, seen } = await visit(t, { permissions: ["clipboard-read", "clipboard-write"] });
  await openSample(page);
  await addFilter(page, "Tag = latest, it's");
  await addFilter(page, `Digest = sha256:${"A".repeat(64)}`);
  await openTab(page, "Request");
  const digest = "a".repeat(64);
  const command = (operation) => `aliyun sas ${operation} --Tags 'latest,it'\\''s' --Digests ${digest}`;
  await eventually(() => text(page), command("PublicPreCheckImageScanTask"));
  await page.getByRole("button", { name: "Submit the scan" }).press("Enter");
  await eventually(() => text(page), command("PublicCreateImageScanTask"));
  await page.getByText("This request starts the scan and consumes the quota.").waitFor();
  await page.getByRole("button", { name: "SDK parameters" }).press("Enter");
  await eventually(async () => JSON.parse(await text(page)), { Tags: "latest,it's", Digests: digest });
  await page.getByRole("button", { name: "Query", exact: true }).press("Enter");
  await eventually(
    () => text(page),
    `Action=PublicCreateImageScanTask&Version=2018-12-03&Tags=latest%2Cit%27s&Digests=${digest}`,
  );
  await page.getByRole("button", { name: /^Copy: / }).press("Enter");
  await eventually(() => page.evaluate(() => navigator.clipboard.readText()), await text(page));
  assert.deepEqual(seen.violations, []);
});

test("a command that is too long is said to be", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const values = Array.from({ length: 20_000 }, (_, at) => `tag-${at}`).join(",");
  await page.getByRole("combobox").first().fill(`Tag = ${values}`);
  await page.keyboard.press("Enter");
  await openTab(page, "Request");
  await page.getByText("It is longer than what most systems take.").waitFor();
  assert.ok((await text(page)).length < 5_000, "a text of any length is not drawn as a whole");
});

test("the plan is the package's, and becomes the filter", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  await openTab(page, "Fit the quota");
  await page.getByText("Enter the remaining quota at the top").waitFor();
  await remainingInput(page).fill("900");
  const planned = plan(inventory, {}, { remaining: 900, by: "repoNamespaces", limit: 20 });
  const [first] = planned.requests;
  await eventually(async () => (await text(page)).includes(first.parameters.RepoNamespaces), true);
  const grouped = new Intl.NumberFormat("en-US").format;
  await page
    .getByText(`${grouped(planned.images)} of ${grouped(planned.whole.images)}`, { exact: true })
    .waitFor();
  await page.getByText(`${grouped(planned.quota)} of 900`, { exact: true }).waitFor();
  await page.getByRole("button", { name: /^Use as the filter/ }).press("Enter");
  await showsEstimate(page, engine.estimate(inventory, { RepoNamespaces: first.parameters.RepoNamespaces }));
  await page.getByText("Everything fits: there is nothing to choose.").waitFor();
  await remainingInput(page).fill("0");
  await page.getByText("Nothing fits: each choice consumes more than remains.").waitFor();
});

test("the service's reply is compared, and what explains it is told", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const inventory = await sampleInventory();
  await openTab(page, "Compare with the service");
  const reply = page.getByRole("textbox", { name: "Reply of PublicPreCheckImageScanTask" });
  const { images, quota } = engine.estimate(inventory);
  const paste = async (text) => {
    await reply.focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText(text);
  };
  await paste(JSON.stringify({ body: { Data: { ScanImageCount: quota, NeedAuthCount: images } } }));
  await page.getByText("The service says the same.").waitFor();
  await paste(JSON.stringify({ ScanImageCount: images, NeedAuthCount: quota }));
  await page.getByText("The two numbers stand in each other\u2019s place.").waitFor();
  const told = reconcile(inventory, {}, { ScanImageCount: images, NeedAuthCount: quota }).explanations;
  await eventually(() => page.locator("section ol.plain-list > li").count(), told.length);
  await paste('{ "ScanImageCount": 3');
  await page.getByText("This is no complete JSON.").waitFor();
  await paste('{ "Count": 3 }');
  await page.getByText("The two numbers were not found in it").waitFor();
  await paste('{ "ScanImageCount": "<img src=x onerror=alert(1)>", "NeedAuthCount": 1 }');
  await page.getByText("The two numbers were not found in it").waitFor();
  assert.equal(await page.locator("section img").count(), 0);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in the parts, ${colorScheme}`, async (t) => {
    const { page } = await visit(t, { bypassCSP: true, colorScheme });
    await openSample(page);
    await remainingInput(page).fill("900");
    await openTab(page, "Fit the quota");
    await page.locator(".copy-text pre").first().waitFor();
    assert.deepEqual(await findings(page), []);
    await openTab(page, "Request");
    await page.locator(".copy-text pre").first().waitFor();
    assert.deepEqual(await findings(page), []);
    await openTab(page, "Compare with the service");
    await page
      .getByRole("textbox", { name: "Reply of PublicPreCheckImageScanTask" })
      .fill('{"ScanImageCount":1,"NeedAuthCount":2}');
    await page.locator("section ol.plain-list > li").first().waitFor();
    assert.deepEqual(await findings(page), []);
  });
}
