/** What a user does with what stands behind the answer, by the names that the user sees. */
import { buffer } from "node:stream/consumers";
import { eventually } from "./support.js";

export const tab = (page, name) => page.getByRole("tab", { name, exact: true });

export const openTab = (page, name) => tab(page, name).click();

/** The part that stands open: of values or of images. */
export const open = (page, name) => page.getByRole("region", { name, exact: true });

const texts = (locator) =>
  locator.evaluateAll((rows) =>
    rows.map((row) => Array.from(row.querySelectorAll("th, td"), (cell) => cell.textContent.trim())),
  );

/** The cells of all rows of a table but its header. */
export const cells = (table) => texts(table.locator("tbody tr"));

export const values = (page) => page.getByRole("table", { name: /^(Values of |.*的取值$)/ });

/** The values shown, as `[value, quota, images]`; without the mark of those in the filter. */
export const valueLines = async (page) =>
  (await cells(values(page))).map(([value, ...numbers]) => [
    value.replace(/\s*In the filter$/, ""),
    ...numbers,
  ]);

export const value = (page, name) =>
  values(page).getByRole("button", { name: new RegExp(`^${name}(\\s|$)`) });

export const images = (page) => page.getByRole("grid", { name: /^(Images|镜像明细)$/ });

/** The names in the column of images, as they are written. */
export const imageNames = (page) => images(page).locator("tbody th bdi").allInnerTexts();

/** Which images are shown, such as `Images 1 to 50 of 4,860`. */
export const range = async (page) => {
  const shown = await open(page, "Images")
    .getByText(/^Images [\d,]+ to [\d,]+ of [\d,]+$/)
    .allInnerTexts();
  return shown[0];
};

export const showsRange = (page, expected) => eventually(() => range(page), expected);

/** Chooses a field such as `Tag`. */
export async function chooseField(page, name) {
  await page.getByRole("button", { name: /^(Field|字段) / }).click();
  // Of the option that is chosen already, more is said than its name.
  await page
    .getByRole("option")
    .filter({ has: page.getByText(name, { exact: true }) })
    .click();
}

/** Chooses a segment such as `Consume quota`. */
export const choose = (page, name) =>
  page
    .getByRole("button", { name: new RegExp(`^${name}(\\s*[(（]|$)`) })
    .first()
    .click();

/** What a download holds, as text; a byte order mark is a part of it. */
export const content = async (download) => (await buffer(await download.createReadStream())).toString("utf8");
