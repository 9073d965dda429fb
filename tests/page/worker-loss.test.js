/** The worker dies or falls silent: it is replaced, the inventory is read again, and the answer is right. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addFilter,
  drop,
  engine,
  figures,
  openSample,
  sampleInventory,
  shows,
  showsEstimate,
  smallCsv,
} from "./actions.js";
import { eventually, servePage } from "./support.js";

const { visit } = servePage();

const RESTARTED = "The engine stopped and was started again. Nothing is lost.";

test("a worker that is gone is noticed by its silence, and everything comes back", async (t) => {
  const { page } = await visit(t, {}, (fresh) => fresh.clock.install());
  await openSample(page);
  const [worker] = page.workers();
  const gone = worker.waitForEvent("close");
  await worker.evaluate(() => self.close()).catch(() => {});
  await gone;
  await addFilter(page, "Tag = latest");
  await page.clock.fastForward(10_000);
  await page.getByText(RESTARTED).first().waitFor();
  await showsEstimate(page, engine.estimate(await sampleInventory(), { tags: "latest" }));
  assert.equal(page.workers().length, 1);
});

test("an error that nobody handles in the worker replaces it at once", async (t) => {
  const { page } = await visit(t);
  await drop(page, { name: "images.csv", text: smallCsv });
  await eventually(() => figures(page), ["3", "2"]);
  const [worker] = page.workers();
  const gone = worker.waitForEvent("close");
  await worker.evaluate(() => void Promise.reject(new Error("no one is there to catch it")));
  await gone;
  await page.getByText(RESTARTED).first().waitFor();
  await addFilter(page, "Tag = 7");
  await eventually(() => figures(page), ["1", "1"]);
});

test("a load that is cancelled keeps the inventory before it", async (t) => {
  const { page } = await visit(t);
  await openSample(page);
  await page.evaluate(() => {
    const row = `{"RepoName":"api","Tag":"1","Digest":"${"a".repeat(64)}"}`;
    const block = new Blob([`${row},`.repeat(10_000)]);
    // Some seconds of work, however late the key comes on a busy machine.
    const file = new File(["[", ...Array(500).fill(block), row, "]"], "large.json");
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(file);
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  });
  await page.getByText("Reading large.json").first().waitFor();
  await page.getByRole("button", { name: "Cancel" }).press("Enter");
  await page.locator(".load-progress").waitFor({ state: "detached" });
  await addFilter(page, "Tag = latest");
  await showsEstimate(page, engine.estimate(await sampleInventory(), { tags: "latest" }));
  await page.getByText("Sample inventory", { exact: true }).waitFor();
  assert.equal(await page.getByText("could not be read").count(), 0);
});

test("a sample that cannot be fetched can be tried again", async (t) => {
  // A service worker would have it at hand.
  const { page, context } = await visit(t, { serviceWorkers: "block" });
  await context.route("**/sample-inventory.json", (route) => route.fulfill({ status: 503 }));
  await page.getByRole("button", { name: "Try the sample" }).press("Enter");
  await page.getByText("The sample could not be fetched.").first().waitFor();
  await context.unroute("**/sample-inventory.json");
  await page.getByRole("button", { name: "Try again" }).press("Enter");
  await shows(page, ".figure-value");
  await showsEstimate(page, engine.estimate(await sampleInventory()));
});
