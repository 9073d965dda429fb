/** Languages and themes: what the browser asks for, what the user chooses, and that it lasts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openSample } from "./actions.js";
import { eventually, servePage } from "./support.js";

const { visit } = servePage();

const lang = (page) => page.evaluate(() => document.documentElement.lang);
const isDark = (page) => page.evaluate(() => document.body.classList.contains("awsui-dark-mode"));

async function pick(page, button, item) {
  await page.getByRole("button", { name: button }).press("Enter");
  const chosen = page.getByRole("menuitemcheckbox", { name: item });
  await chosen.waitFor();
  const isActive = () => chosen.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < 5 && !(await isActive()); step += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
}

test("a browser that asks for Chinese gets it", async (t) => {
  const { page } = await visit(t, { locale: "zh-CN" });
  assert.equal(await lang(page), "zh-CN");
  assert.equal(await page.title(), "镜像扫描预检查");
  await page.getByRole("button", { name: "试用示例" }).click();
  await page.getByText("覆盖的镜像数").waitFor();
  await page.getByText("待消耗的授权数").waitFor();
});

test("the language is switched without losing a thing, and lasts", async (t) => {
  const { page } = await visit(t, {});
  await openSample(page);
  const before = await page.locator(".figure-value").allInnerTexts();
  await pick(page, "Language: English", "简体中文");
  await page.getByText("待消耗的授权数").waitFor();
  await eventually(() => lang(page), "zh-CN");
  assert.deepEqual(await page.locator(".figure-value").allInnerTexts(), before);
  await page.reload();
  await page.getByRole("heading", { name: "剩余授权数够不够这次扫描？" }).waitFor();
  assert.equal(await lang(page), "zh-CN");
  await pick(page, "语言: 简体中文", "English");
  await page.getByRole("button", { name: "Try the sample" }).waitFor();
  await eventually(() => lang(page), "en");
});

test("numbers are written as the language writes them", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  const [images] = await page.locator(".figure-value").allInnerTexts();
  assert.match(images, /^\d,\d{3}$/);
});

test("the theme follows the system, unless another is chosen, which lasts", async (t) => {
  const { page } = await visit(t, { colorScheme: "dark" });
  assert.equal(await isDark(page), true);
  await page.emulateMedia({ colorScheme: "light" });
  await eventually(() => isDark(page), false);
  await pick(page, "Theme: system", "Dark");
  await eventually(() => isDark(page), true);
  await page.reload();
  await page.getByRole("button", { name: "Theme: dark" }).waitFor();
  assert.equal(await isDark(page), true);
});
