/** What the page says about inventories that are kept in the browser, in English. */

const number = new Intl.NumberFormat("en-US").format;
const day = new Intl.DateTimeFormat("en-US", { dateStyle: "medium" }).format;
const kilobytes = new Intl.NumberFormat("en-US", {
  style: "unit",
  unit: "kilobyte",
  maximumFractionDigits: 0,
});
const megabytes = new Intl.NumberFormat("en-US", {
  style: "unit",
  unit: "megabyte",
  maximumFractionDigits: 1,
});
const size = (bytes: number): string =>
  bytes < 1e6 ? kilobytes.format(Math.ceil(bytes / 1e3)) : megabytes.format(bytes / 1e6);

export const keptEn = {
  heading: "Kept in this browser",
  keep: "Keep in this browser",
  forgetThis: "Forget in this browser",
  isKept: (bytes: number): string => `Kept in this browser, ${size(bytes)}`,
  isForgotten: "Not kept any more. It stays open until the page is closed.",
  facts: (n: number, date: number, bytes: number): string =>
    `${number(n)} ${n === 1 ? "image" : "images"} · ${day(date)} · ${size(bytes)}`,
  cycle: (start: number): string => `Cycle from ${day(start)}`,
  forget: (name: string): string => `Forget ${name}`,
  forgetAll: "Forget all",
  none: "Nothing is kept any more.",
  failed: "The browser’s storage could not be changed. The open inventory stays as it is.",
};
