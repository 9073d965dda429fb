/** The rules of WCAG 2.2 AA that a machine can check, in every state, both themes and both languages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addFilter,
  cycleInput,
  drop,
  engine,
  filterInput,
  grouped,
  openSample,
  options,
  remainingInput,
  sampleInventory,
} from "./actions.js";
import { findings } from "./axe.js";
import { eventually, servePage } from "./support.js";

const { visit } = servePage();

for (const locale of ["en-US", "zh-CN"]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`no rule is broken in any state: ${locale}, ${colorScheme}`, async (t) => {
      const { page } = await visit(t, { locale, colorScheme, bypassCSP: true });
      const clean = async (state) => assert.deepEqual(await findings(page), [], state);
      await clean("the invitation");
      await page.locator(".welcome-actions button").first().click();
      await page.locator(".figure-value").first().waitFor();
      await remainingInput(page).fill("10");
      await page.locator(".verdict-words").waitFor();
      await clean("an inventory that does not fit");
      await addFilter(page, locale === "en-US" ? "Tag = lastest" : "镜像版本 = lastest");
      await filterInput(page).focus();
      await page.keyboard.type("pay");
      await options(page).nth(1).waitFor();
      await clean("suggestions");
      await page.keyboard.press("Escape");
      await drop(page, { name: "bad.json", text: "[{" });
      await page.getByText("truncated-json").waitFor();
      await clean("a file that could not be read");
    });
  }
}

test("at a width of 320 px nothing asks to be scrolled sideways", async (t) => {
  const { page } = await visit(t, { viewport: { width: 320, height: 640 } });
  const fits = async (state) => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 320, `${state} is ${width} px wide`);
  };
  await fits("the invitation");
  await openSample(page);
  await remainingInput(page).fill("10");
  await addFilter(page, `Digest = ${"a".repeat(64)}`);
  await page.locator(".value-list").first().waitFor();
  await fits("the estimate");
  await drop(page, { name: `${"long-name-".repeat(12)}.json`, text: "[{" });
  await page.getByText("truncated-json").waitFor();
  await fits("a file that could not be read");
});

test("images, quota and what is missing are announced, once they stand", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  await addFilter(page, "Tag = latest");
  await remainingInput(page).fill("10");
  const said = () => page.locator("[aria-live=polite]").allTextContents();
  const [images, quota] = await page.locator(".figure-value").allInnerTexts();
  const short = Number(quota.replace(",", "")) - 10;
  await eventually(
    async () => (await said()).includes(`${images} images, ${quota} quota, ${short} short`),
    true,
  );
});

test("every control is reached by Tab, in the order in which it is read, with its focus in view", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  await page.getByRole("button", { name: "Language: English" }).focus();
  // There and back: focus that a script has set shows no ring.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  const focus = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const { x, y, width, height } = element.getBoundingClientRect();
      const named = document.getElementById(element.getAttribute("aria-labelledby"))?.textContent;
      const name = element.getAttribute("aria-label") || named || element.textContent || element.id;
      const label = element.labels?.[0]?.textContent ?? name;
      const answer = document.querySelector(".answer").getBoundingClientRect();
      const hidden = !element.closest(".answer") && y + height <= answer.bottom && y >= answer.top;
      const outline = getComputedStyle(element);
      const ring = getComputedStyle(element, "::before");
      const marked = [outline.outlineStyle, ring.boxShadow, outline.boxShadow].some(
        (style) => style !== "none",
      );
      return {
        label: label.trim(),
        // Of the panel of a tab, which may be longer than any window, the beginning.
        inView:
          y >= 0 && y + (element.role === "tabpanel" ? 0 : height) <= innerHeight && x + width <= innerWidth,
        hidden,
        marked,
      };
    });
  const order = [];
  for (let step = 0; step < 60; step += 1) {
    const at = await focus();
    if (at === null) break;
    order.push(at);
    await page.keyboard.press("Tab");
  }
  const { images, quota, free } = engine.estimate(await sampleInventory());
  const wanted = [
    "Language: English",
    "Theme: system",
    `${grouped(images)}: show these images (Images covered)`,
    `${grouped(quota)}: show these images (Quota to consume)`,
    "Where to find the remaining quota",
    "Remaining quota",
    "Pin these numbers to compare other filters with them",
    "Copy link",
    "Filter images",
    `${grouped(quota)}: show these images (Consume quota)`,
    `${grouped(free.duplicates)}: show these images (Share a digest)`,
    `${grouped(free.charged)}: show these images (Already charged)`,
    "Show them",
    "Set the cycle start",
    // The tab, and the panel that it opens.
    "By field",
    "By field",
    "Field",
    "Quota",
    "acr",
    "harbor",
    "quay",
    "CI/CD",
    "Keep in this browser",
    "Add files",
    "Choose another file",
    "Billing cycle began",
    "Names not used",
    "What is assumed",
    "How to check",
  ];
  assert.deepEqual(
    order.map(({ label }) => label),
    wanted,
  );
  assert.deepEqual(
    order.filter(({ inView, hidden }) => !inView || hidden),
    [],
  );
  assert.deepEqual(
    order.filter(({ marked }) => !marked),
    [],
  );
  assert.ok(await cycleInput(page).isVisible());
});
