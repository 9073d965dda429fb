/**
 * Whatever can happen to the worker, seen from the page: the right answer comes within two seconds of the fault, what
 * was typed stays, nothing waits for ever. The faults are those of the package's own test, tests/package/worker.test.js.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { addFilter, drop, figures, remainingInput, smallCsv, verdict } from "./actions.js";
import { eventually, inRoot, servePage } from "./support.js";

const { visit } = servePage();

const RESTARTED = "The engine stopped and was started again. Nothing is lost.";

const asset = readdirSync(inRoot("www/dist/assets")).find((name) => /^worker-script-.*\.js$/.test(name));
const script = readFileSync(inRoot(`www/dist/assets/${asset}`), "utf8");

/** At the second estimate, what the user sees of the first being there. */
const atEstimate = (fault) => `
let estimates = 0;
self.addEventListener("message", (event) => {
  const { data } = event;
  if (data?.kind !== "ask" || data.question !== "estimate" || ++estimates !== 2) return;
  event.stopImmediatePropagation();
  ${fault}
});
`;

/** A page whose first worker has a fault, and every other none. */
async function visitWith(t, fault) {
  const started = { workers: 0 };
  const visited = await visit(t, { serviceWorkers: "block" }, async (page) => {
    await page.clock.install();
    await page.route(`**/${asset}`, async (route) => {
      started.workers += 1;
      const response = await route.fetch();
      await route.fulfill({ response, body: started.workers === 1 ? fault + script : script });
    });
  });
  return { ...visited, started };
}

const tokens = (page) => page.getByText("Tag = 7", { exact: true }).count();

const faults = {
  throws: 'throw new Error("thrown outside of every request");',
  breaks:
    'self.postMessage({ kind: "broken", failure: { code: "worker-failed", message: "a rejection that nobody handled" } });',
  crashes:
    'self.postMessage({ id: data.id, kind: "failure", failure: { code: "crashed", message: "the module crashed" } });',
  "fails of itself":
    'self.postMessage({ id: data.id, kind: "failure", failure: { code: "worker-failed", message: "x is not a function" } });',
};

/** These are noticed by their silence, after the ten seconds of a question. */
const silences = {
  dies: "self.close();",
  "says nonsense": "self.postMessage(null);",
  "answers nobody": 'self.postMessage({ id: -1, kind: "answer", answer: 7 });',
};

for (const [name, fault] of Object.entries({ ...faults, ...silences })) {
  test(`it ${name}`, async (t) => {
    const { page, started } = await visitWith(t, atEstimate(fault));
    await drop(page, { name: "images.csv", text: smallCsv });
    await eventually(() => figures(page), ["3", "2"]);
    await addFilter(page, "Tag = 7");
    await page.keyboard.press("Escape");
    if (name in silences) await page.clock.fastForward(10_000);
    const began = performance.now();
    await eventually(() => figures(page), ["1", "1"]);
    const took = performance.now() - began;
    assert.ok(took < 2_000, `${took.toFixed(0)} ms`);
    await page.getByText(RESTARTED).first().waitFor();
    assert.equal(await tokens(page), 1);
    assert.equal(started.workers, 2);
    assert.equal(page.workers().length, 1);
    // It goes on, and what waits is no more than what is asked.
    await remainingInput(page).fill("5");
    await eventually(() => verdict(page), "Does it fit? Fits, with 4 to spare");
    assert.equal(await page.locator("[aria-busy=true]").count(), 0);
  });
}

test("it fails to start: that is told, and the next try is right", async (t) => {
  const { page, started } = await visitWith(t, 'throw new Error("it cannot start");');
  await drop(page, { name: "images.csv", text: smallCsv });
  await page.getByText("images.csv could not be read").first().waitFor();
  await page.getByText("worker-failed", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Try again" }).press("Enter");
  await eventually(() => figures(page), ["3", "2"]);
  assert.equal(started.workers, 2);
});

test("it is silent from the beginning: that is told after the deadline, and the next try is right", async (t) => {
  const { page, started } = await visitWith(
    t,
    'self.addEventListener("message", (event) => event.stopImmediatePropagation());\n',
  );
  await drop(page, { name: "images.csv", text: smallCsv });
  await eventually(() => started.workers, 1);
  await page.getByText("Reading images.csv").first().waitFor();
  await page.getByRole("button", { name: "Cancel" }).press("Enter");
  await page.locator(".load-progress").waitFor({ state: "detached" });
  await drop(page, { name: "images.csv", text: smallCsv });
  await page.clock.fastForward(10_000);
  await eventually(async () => {
    const again = page.getByRole("button", { name: "Try again" });
    if (await again.isVisible()) await again.press("Enter");
    return figures(page);
  }, ["3", "2"]);
  assert.equal(started.workers, 2);
});

test("a file that is replaced before it is read again is told, and the next choice is right", async (t) => {
  const { page } = await visit(t, {});
  const folder = mkdtempSync(join(tmpdir(), "scan-precheck-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "images.csv");
  writeFileSync(file, smallCsv);
  const choose = async (button) => {
    const chooser = page.waitForEvent("filechooser");
    await page.locator("button", { hasText: button }).click();
    await (await chooser).setFiles(file);
  };
  await choose("Choose a file");
  await eventually(() => figures(page), ["3", "2"]);
  await addFilter(page, "Tag = 7");
  await eventually(() => figures(page), ["1", "1"]);
  writeFileSync(file, `${smallCsv}harbor,cn-beijing,shop,web,7,${"c".repeat(64)}\n`);
  const [worker] = page.workers();
  await worker.evaluate(() => void Promise.reject(new Error("no one is there to catch it")));
  await page.getByText("images.csv could not be read").first().waitFor();
  await page.getByText("file-unreadable", { exact: true }).waitFor();
  await choose("Choose a file");
  await eventually(() => figures(page), ["2", "2"]);
});

test("a file that is replaced while it is read gives no half of it", async (t) => {
  const { page } = await visit(t, {});
  const folder = mkdtempSync(join(tmpdir(), "scan-precheck-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "large.csv");
  const line = (at) => `${at},${at.toString(16).padStart(64, "0")}\n`;
  const large = (rows) => `Tag,Digest\n${Array.from({ length: rows }, (_, at) => line(at)).join("")}`;
  writeFileSync(file, large(1_500_000));
  const chooser = page.waitForEvent("filechooser");
  await page.locator("button", { hasText: "Choose a file" }).click();
  await (await chooser).setFiles(file);
  await page
    .getByText(/rows so far/)
    .first()
    .waitFor();
  writeFileSync(file, large(10));
  await page.getByText("large.csv could not be read").first().waitFor();
  assert.equal(await page.locator(".figure-value").count(), 0);
});
