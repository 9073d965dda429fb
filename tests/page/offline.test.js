/** Without a network: after the first visit the page is there, whole, from any folder, and never two versions of it at once. */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { preview, runnerImport } from "vite";
import {
  addFilter,
  drop,
  engine,
  figures,
  openSample,
  sampleInventory,
  showsEstimate,
  smallCsv,
} from "./actions.js";
import { findings } from "./axe.js";
import { eventually, inRoot, servePage } from "./support.js";

const { visit } = servePage();

const READY = "Works without a network";

test("after one visit the page loads, reads and answers without a network", async (t) => {
  const { page, context, seen, url } = await visit(t, {});
  const asked = [];
  // Those of the service worker too, which no page sees.
  context.on("request", (request) => asked.push(request.url()));
  await page.getByText(READY).waitFor();
  await context.setOffline(true);
  await page.getByText("Offline: everything goes on working").waitFor();
  await page.reload();
  await page.locator("main h2").first().waitFor();
  await drop(page, { name: "images.csv", text: smallCsv });
  await eventually(() => figures(page), ["3", "2"]);
  await addFilter(page, "Tag = 7");
  await eventually(() => figures(page), ["1", "1"]);
  // What comes later is there too: a tab of its own, the other language, the sample.
  await page.getByRole("tab", { name: "Images" }).click();
  await page.getByText("Counted for its digest").first().waitFor();
  await page.getByRole("button", { name: "Language: English" }).click();
  await page.getByRole("menuitemcheckbox", { name: "简体中文" }).click();
  await page.getByText("当前离线，一切功能照常可用").waitFor();
  await page.reload();
  await page.getByRole("button", { name: "试用示例" }).click();
  await showsEstimate(page, engine.estimate(await sampleInventory(), { tags: "7" }));
  await context.setOffline(false);
  await page.getByText("断网也可使用").waitFor();
  assert.deepEqual(
    [...asked, ...seen.requests].filter(
      (address) => !address.startsWith(url) && !address.startsWith("data:"),
    ),
    [],
  );
  assert.deepEqual(seen.violations, []);
  assert.deepEqual(seen.errors, []);
});

test("what is stored is the built files, and nothing of an inventory", async (t) => {
  const { page } = await visit(t, {});
  await page.getByText(READY).waitFor();
  await drop(page, { name: "images.csv", text: smallCsv });
  await eventually(() => figures(page), ["3", "2"]);
  const stored = await page.evaluate(async () => {
    const names = await caches.keys();
    const caught = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    const paths = caught.flat().map(({ url }) => new URL(url).pathname);
    return { caches: names.length, paths, databases: (await indexedDB.databases()).length };
  });
  assert.equal(stored.caches, 1);
  assert.equal(stored.databases, 0);
  for (const path of ["/index.html", "/sample-inventory.json", "/manifest.webmanifest", "/favicon.svg"]) {
    assert.ok(stored.paths.includes(path), path);
  }
  assert.equal(stored.paths.filter((path) => path.endsWith(".wasm")).length, 3);
  for (const path of stored.paths) {
    assert.ok(readFileSync(inRoot(`www/dist${path}`)).length > 0, path);
  }
});

/** The built page in a folder of its own, below the root of a host, which a test may change. */
async function serveFolder(t) {
  const root = mkdtempSync(join(tmpdir(), "scan-precheck-"));
  const folder = join(root, "site", "tools", "precheck");
  cpSync(inRoot("www/dist"), folder, { recursive: true });
  const { module } = await runnerImport(inRoot("www/build/security-headers.ts"), { configFile: false });
  const server = await preview({
    root,
    configFile: false,
    logLevel: "warn",
    build: { outDir: "site" },
    preview: { host: "127.0.0.1", port: 0, open: false, headers: module.securityHeaders },
  });
  t.after(async () => {
    await server.close();
    rmSync(root, { recursive: true });
  });
  return { folder, url: `${server.resolvedUrls.local[0]}tools/precheck/` };
}

/** Another version: one file differs, and with it the list. */
function publish(folder) {
  const page = join(folder, "index.html");
  const html = readFileSync(page, "utf8");
  const list = join(folder, "service-worker.js");
  const worker = readFileSync(list, "utf8");
  const [entry] = worker.match(/\{url:"index.html"[^}]*\}/);
  writeFileSync(page, html.replace('<html lang="en">', '<html lang="en" data-version="2">'));
  return (hash) =>
    writeFileSync(
      list,
      worker.replace(entry, `{url:"index.html",revision:"${hash}",integrity:"sha384-${hash}"}`),
    );
}

const hashOf = async (file) => {
  const { createHash } = await import("node:crypto");
  return createHash("sha384").update(readFileSync(file)).digest("base64");
};

const versionOf = (page) => page.locator("html").getAttribute("data-version");

const update = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
  });

test("from any folder: a new version waits, says so, and takes over when it is asked to", async (t) => {
  const { folder, url } = await serveFolder(t);
  const { page, context, seen } = await visit(t, {});
  await page.goto(url);
  await page.getByText(READY).waitFor();
  const writeList = publish(folder);
  writeList(await hashOf(join(folder, "index.html")));
  await update(page);
  await page.getByText("A new version is ready").first().waitFor();
  // As long as nobody asks for it, a load gives the version before, as a whole.
  await page.reload();
  assert.equal(await versionOf(page), null);
  await page.getByText("A new version is ready").first().waitFor();

  const other = await context.newPage();
  await other.goto(url);
  await page.getByRole("button", { name: "Reload" }).press("Enter");
  await page.getByText("Close the other windows of this page first").first().waitFor();
  assert.equal(await versionOf(page), null);
  await other.close();
  await page.getByRole("button", { name: "Reload" }).press("Enter");
  await eventually(() => versionOf(page).catch(() => null), "2");
  await page.getByText(READY).waitFor();
  assert.equal(await page.getByText("A new version is ready").count(), 0);
  assert.deepEqual(seen.violations, []);
});

test("a version that is not whole is never taken", async (t) => {
  const { folder, url } = await serveFolder(t);
  const { page } = await visit(t, {});
  await page.goto(url);
  await page.getByText(READY).waitFor();
  // The list is there before the file that it names.
  publish(folder)("A".repeat(64));
  const failed = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const ended = new Promise((resolve) => {
      registration.addEventListener("updatefound", () => {
        const worker = registration.installing;
        worker.addEventListener("statechange", () => resolve(worker.state));
      });
    });
    await registration.update().catch(() => {});
    return ended;
  });
  assert.equal(failed, "redundant");
  await page.reload();
  assert.equal(await versionOf(page), null);
  await openSample(page);
  assert.equal(await page.getByText("A new version is ready").count(), 0);
});

test("where service workers are refused the page says so and works", async (t) => {
  const { page } = await visit(t, { serviceWorkers: "block" });
  await page.getByText("This browser stores no copy of the page").waitFor();
  await openSample(page);
});

test("the page can be installed: a manifest with icons of the sizes that it names", async (t) => {
  const { page, seen } = await visit(t, {});
  const client = await page.context().newCDPSession(page);
  const { installabilityErrors } = await client.send("Page.getInstallabilityErrors");
  // The windows of tests are private ones, in which nothing is installed.
  assert.deepEqual(
    installabilityErrors.map(({ errorId }) => errorId),
    ["in-incognito"],
  );
  const icons = await page.evaluate(async () => {
    const link = document.querySelector("link[rel=manifest]");
    const manifest = await (await fetch(link.href)).json();
    return Promise.all(
      manifest.icons
        .filter(({ type }) => type === "image/png")
        .map(async ({ src, sizes }) => {
          const { width, height } = await createImageBitmap(await (await fetch(src)).blob());
          return sizes === `${width}x${height}`;
        }),
    );
  });
  assert.deepEqual(icons, [true, true, true, true]);
  assert.deepEqual(seen.violations, []);
});

for (const locale of ["en-US", "zh-CN"]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`how to check breaks no rule of accessibility: ${locale}, ${colorScheme}`, async (t) => {
      const { page } = await visit(t, { locale, colorScheme, bypassCSP: true });
      const check = page.getByRole("button", { name: locale === "en-US" ? "How to check" : "如何验证" });
      await check.press("Enter");
      await page.getByText("connect-src 'self'").waitFor();
      assert.deepEqual(await findings(page), []);
      await page.keyboard.press("Escape");
      await eventually(() => check.evaluate((button) => button === document.activeElement), true);
    });
  }
}
