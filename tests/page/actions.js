/**
 * What a user does on the page and sees on it, by the names that the user sees, and the same inventory
 * in Node to compare with.
 */
import { readFileSync } from "node:fs";
import { estimate, Inventory, suggest } from "scan-precheck";
import { eventually, inRoot } from "./support.js";

const sampleText = () => readFileSync(inRoot("www/public/sample-inventory.json"), "utf8");

/** The sample in Node's own engine. */
export const sampleInventory = (options) => Inventory.load(sampleText(), options);

export const engine = { estimate, suggest };

export const grouped = new Intl.NumberFormat("en-US").format;

const text = async (locator) => (await locator.allInnerTexts()).join(" ").replace(/\s+/g, " ").trim();

/** The numbers at the top, as they are written. */
export const figures = (page) => page.locator(".figure-value").allInnerTexts();

export const verdict = (page) => text(page.locator(".answer-verdict"));

/** Waits until the page shows what the engine says. */
export const showsEstimate = (page, { images, quota }) =>
  eventually(() => figures(page), [grouped(images), grouped(quota)]);

/** The three numbers under "Why this much". */
export const parts = (page) => page.locator(".breakdown-parts strong").allInnerTexts();

/** Waits for an element; where it does not come, what the page shows instead is told. */
export async function shows(page, selector) {
  try {
    await page.locator(selector).first().waitFor();
  } catch (error) {
    error.message += `\nThe page shows:\n${await page.locator("body").textContent()}`;
    throw error;
  }
}

export async function openSample(page) {
  await page.getByRole("button", { name: "Try the sample" }).click();
  await shows(page, ".figure-value");
  await eventually(async () => (await figures(page)).includes("–"), false);
}

/** Drops files on the page as a hand would; each is `{ name, text }`. */
export const drop = (page, ...files) =>
  page.evaluate((dropped) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of dropped) dataTransfer.items.add(new File([text], name));
    for (const type of ["dragenter", "dragover", "drop"]) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }
  }, files);

/** Chooses files with the button and the browser's file chooser. */
export async function choose(page, button, ...files) {
  const chooser = page.waitForEvent("filechooser");
  // The button that is seen; beside it stands the input that the keyboard reaches.
  await page.locator("button", { hasText: button }).click();
  await (await chooser).setFiles(
    files.map(({ name, text: content }) => ({
      name,
      mimeType: "application/octet-stream",
      buffer: Buffer.from(content),
    })),
  );
}

export const filterInput = (page) => page.getByRole("combobox").first();

export const options = (page) => page.getByRole("option");

/** Types one value of one field and takes it as it stands. */
export async function addFilter(page, typed) {
  await filterInput(page).focus();
  await page.keyboard.type(typed);
  await page.keyboard.press("Enter");
}

export const remainingInput = (page) => page.getByRole("textbox", { name: /^(Remaining quota|剩余授权数)$/ });
export const cycleInput = (page) => page.getByRole("textbox", { name: "Billing cycle began" });

/** A small inventory as CSV: 3 images, 2 units of quota. */
export const smallCsv = [
  "RegistryType,RegionId,RepoNamespace,RepoName,Tag,Digest",
  `acr,cn-hangzhou,base,centos,7,${"a".repeat(64)}`,
  `acr,cn-hangzhou,base,centos,latest,${"a".repeat(64)}`,
  `harbor,cn-beijing,shop,api,1,${"b".repeat(64)}`,
  "",
].join("\n");
