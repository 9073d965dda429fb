/**
 * Writes `www/public/sample-inventory.json`, the inventory that the page offers to try: replies of
 * `DescribeImageInstances`, page by page, of a company that does not exist.
 *
 *   node scripts/sample.mjs           writes the file
 *   node scripts/sample.mjs --check   fails where the file is not what would be written
 */
import { readFileSync, writeFileSync } from "node:fs";
import { inRoot } from "./lib/paths.mjs";
import { Failure, main } from "./lib/run.mjs";
import { sha256 } from "./lib/sample/random.mjs";
import { sampleRows } from "./lib/sample/rows.mjs";
import { say, size } from "./lib/say.mjs";

export const samplePath = inRoot("www", "public", "sample-inventory.json");

const pageSize = 1_000;

/** The replies, page by page. */
export function samplePages() {
  const rows = sampleRows();
  return Array.from({ length: Math.ceil(rows.length / pageSize) }, (_, index) => {
    const list = rows.slice(index * pageSize, (index + 1) * pageSize);
    return {
      RequestId: requestId(index),
      PageInfo: { CurrentPage: index + 1, PageSize: pageSize, TotalCount: rows.length, Count: list.length },
      ImageInstanceList: list,
    };
  });
}

function requestId(index) {
  const hex = sha256(`request ${index}`).toUpperCase();
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `A${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** The file's text: JSON with a row on each line, so that a change shows as the rows it changes. */
export function sampleText(pages = samplePages()) {
  const page = ({ ImageInstanceList, ...head }) => {
    const rows = ImageInstanceList.map((row) => JSON.stringify(row)).join(",\n");
    return `${JSON.stringify(head).slice(0, -1)},"ImageInstanceList":[\n${rows}\n]}`;
  };
  return `[\n${pages.map(page).join(",\n")}\n]\n`;
}

await main(import.meta.url, () => {
  const text = sampleText();
  if (!process.argv.includes("--check")) {
    writeFileSync(samplePath, text);
    say(`${samplePath}: ${size(text.length)}`);
  } else if (readFileSync(samplePath, "utf8") !== text) {
    throw new Failure("the sample inventory is not what the script writes", {
      remedy: "run `npm run sample`",
    });
  }
});
