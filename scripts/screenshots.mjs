/**
 * Makes the pictures of the page for the documents, from the page as it is built:
 * `docs/images/page-light.png` and `docs/images/page-dark.png`.
 *
 *   npm run build && npm run screenshots
 */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { relative } from "node:path";
import { inRoot, pageDist, root } from "./lib/paths.mjs";
import { Failure, main } from "./lib/run.mjs";
import { say, size } from "./lib/say.mjs";
import { findBrowser } from "./lib/tools.mjs";

const folder = inRoot("docs", "images");
const themes = ["light", "dark"];

/** What the pictures show: a filter of two fields, a billing cycle, and a remaining quota that does not suffice. */
const filters = ["Registry type = acr", "Region = cn-hangzhou"];
const cycleStart = "2026/11/01";
const remaining = "900";

async function takePicture(browser, url, theme) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 840 },
    locale: "en-US",
    timezoneId: "Asia/Shanghai",
    colorScheme: theme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole("button", { name: "Try the sample" }).click();
  const input = page.getByRole("combobox").first();
  for (const filter of filters) {
    await input.fill(filter);
    await input.press("Enter");
    await page.getByRole("group", { name: filter.replace("=", "equals") }).waitFor();
  }
  await page.getByRole("textbox", { name: "Remaining quota" }).fill(remaining);
  await page.getByRole("textbox", { name: "Billing cycle began" }).fill(cycleStart);
  // The hint to set the start goes when the inventory has been read by it.
  await page.getByRole("button", { name: "Set the cycle start" }).waitFor({ state: "detached" });
  await page
    .getByText(/^Short by/)
    .first()
    .waitFor();
  // No caret, no focus ring: a picture shows the page at rest.
  await page.evaluate(() => {
    document.activeElement?.blur();
    scrollTo(0, 0);
  });
  await page.evaluate(() => document.fonts.ready);
  const path = inRoot("docs", "images", `page-${theme}.png`);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
  await context.close();
  say(`${relative(root, path)}  ${size(statSync(path).size)}`);
}

await main(import.meta.url, async () => {
  if (!existsSync(pageDist)) throw new Failure("the page is not built", { remedy: "run `npm run build`" });
  const { browser: executablePath } = findBrowser();
  if (!executablePath) {
    throw new Failure("there is no browser", { remedy: "run `node scripts/setup.mjs --tests`" });
  }
  const [{ preview }, { chromium }] = await Promise.all([import("vite"), import("playwright-core")]);
  mkdirSync(folder, { recursive: true });
  const server = await preview({
    root: inRoot("www"),
    configFile: inRoot("www", "vite.config.ts"),
    logLevel: "warn",
    preview: { host: "127.0.0.1", port: 0, open: false },
  });
  const browser = await chromium.launch({
    executablePath,
    args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    for (const theme of themes) await takePicture(browser, server.resolvedUrls.local[0], theme);
  } finally {
    await browser.close();
    await server.close();
  }
});
