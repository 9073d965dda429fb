/**
 * How long the page takes to show another page of images, over the inventory of the other benchmarks: from the click to
 * the frame in which the rows are seen, in Chromium; and how long an export of all of them takes, with the longest time
 * that it keeps the page from answering. What the page's own thread works for it is told beside: other work on the
 * machine does not change that.
 *
 *   npm run build && node bench/images.mjs [--rows 1000000] [--seed 1] [--turns 30]
 */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { launch, serve } from "../tests/page/support.js";
import { dataset } from "./data.mjs";
import { line } from "./report.mjs";

/** What the page may work to show another page, in milliseconds. */
const WORK_LIMIT = 250;

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    turns: { type: "string", default: "30" },
  },
});
const say = (text) => process.stderr.write(`${text}\n`);
const { csv } = await dataset({ rows: Number(values.rows), seed: Number(values.seed), say });

const server = await serve();
const browser = await launch();
const rows = [];
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, locale: "en-US" });
  page.setDefaultTimeout(120_000);
  await page.goto(server.url);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  say("loading …");
  const chooser = page.waitForEvent("filechooser");
  await page.locator("button", { hasText: "Choose a file" }).click();
  await (await chooser).setFiles(csv);
  await page.getByRole("tab", { name: "Images" }).click();
  await page.locator("[role=grid] tbody tr").nth(10).waitFor();
  for (const size of [50, 100]) {
    await setPageSize(page, size);
    await measure(page, `next page of ${size}, in the inventory's order`, session);
    await page.getByRole("columnheader", { name: "Digest" }).getByRole("button").click();
    await turned(page);
    await measure(page, `next page of ${size}, by digest`, session);
    await page.getByRole("columnheader", { name: "No." }).getByRole("button").click();
    await turned(page);
  }
  say("exporting …");
  await exportAll(page, session);
} finally {
  await browser.close();
  await server.close();
}

const machine = `${cpus().length} cores, ${cpus()[0].model.trim()}, ${new Date().toISOString().slice(0, 10)}`;
process.stdout.write(
  [
    `${machine}, ${values.rows} images.`,
    "",
    line(["", "median", "longest", "work of the page"]),
    line(["---", "--:", "--:", "--:"]),
  ]
    .concat(rows.map(line))
    .join("\n")
    .concat("\n"),
);

async function setPageSize(page, size) {
  await page.getByRole("button", { name: "Preferences" }).click();
  await page.getByRole("radio", { name: `${size} images` }).check();
  await page.getByRole("button", { name: "Confirm" }).click();
  await turned(page);
}

/** A list in another order takes a while the first time. */
function turned(page) {
  return page.waitForTimeout(2_000);
}

/** Turns pages and takes the time of each. */
async function measure(page, name, session) {
  const before = await workOf(session);
  const times = await page.evaluate(async (turns) => {
    const next = () => document.querySelector("button[aria-label='Next page']");
    const first = () => document.querySelector("[role=grid] tbody tr")?.getAttribute("aria-rowindex");
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const taken = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const before = first();
      const began = performance.now();
      next().click();
      while (first() === before) await frame();
      // The frame in which it is drawn ends with the next one.
      await frame();
      taken.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return taken;
  }, Number(values.turns));
  const work = ((await workOf(session)) - before) / times.length;
  if (work > WORK_LIMIT) process.exitCode = 1;
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  rows.push([name, ...[median, sorted.at(-1), work].map((time) => `${time.toFixed(0)} ms`)]);
}

/** What the page's thread has worked so far, in milliseconds. */
async function workOf(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1_000 * metrics.find(({ name }) => name === "TaskDuration").value;
}

async function exportAll(page, session) {
  await page.evaluate(() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ type: "longtask" });
  });
  for (const format of ["CSV", "JSON"]) {
    await page.evaluate(() => {
      window.longest = 0;
    });
    const download = page.waitForEvent("download");
    const before = await workOf(session);
    const began = performance.now();
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await page.getByRole("menuitem", { name: `These images as ${format}` }).click();
    await download;
    const seconds = (performance.now() - began) / 1_000;
    const longest = await page.evaluate(() => window.longest);
    const work = ((await workOf(session)) - before) / 1_000;
    rows.push([
      `export of all as ${format}`,
      `${seconds.toFixed(1)} s`,
      longest === 0 ? "no task of 50 ms" : `${longest.toFixed(0)} ms without an answer`,
      `${work.toFixed(1)} s`,
    ]);
  }
}
