/**
 * What the tests of the page share: the built page served as it is meant to be served, a browser, and
 * a record of everything that a page says, breaks and asks for.
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { preview } from "vite";
import { launch } from "../chromium.js";

export { launch };

export const inRoot = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Serves `www/dist` on a free port of this machine, with the headers of the real thing. */
export async function serve() {
  if (!existsSync(inRoot("www/dist/index.html"))) {
    throw new Error("www/dist is missing: run `npm run build`");
  }
  const server = await preview({
    root: inRoot("www"),
    configFile: inRoot("www/vite.config.ts"),
    logLevel: "warn",
    preview: { host: "127.0.0.1", port: 0, open: false },
  });
  return { url: server.resolvedUrls.local[0], close: () => server.close() };
}

/** Listens to a page: errors, violations of the policy, and all requests of it and its worker. */
async function record(page) {
  const seen = { errors: [], violations: [], requests: [], responses: [] };
  await page.exposeFunction("reportViolation", (violation) => seen.violations.push(violation));
  await page.addInitScript(() => {
    const report = ({ violatedDirective, blockedURI }) =>
      window.reportViolation(`${violatedDirective} ${blockedURI}`);
    document.addEventListener("securitypolicyviolation", report);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.errors.push(message.text());
  });
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("response", (response) => seen.responses.push(response));
  return seen;
}

/**
 * A browser and a server for the tests of one file. `visit` opens the page, until the test ends: in the
 * file's one context, whose cache makes it quick, or in one of its own where options are given.
 */
export function servePage() {
  const used = {};
  before(async () => {
    used.server = await serve();
    used.browser = await launch();
  });
  after(async () => {
    await used.browser?.close();
    await used.server?.close();
  });

  async function newContext(options) {
    const context = await used.browser.newContext({
      viewport: { width: 1280, height: 900 },
      locale: "en-US",
      timezoneId: "Asia/Shanghai",
      reducedMotion: "reduce",
      ...options,
    });
    context.setDefaultTimeout(15_000);
    return context;
  }

  async function visit(t, options, prepare = async () => {}) {
    used.context ??= await newContext();
    const context = options ? await newContext(options) : used.context;
    const page = await context.newPage();
    t.after(() => (options ? context.close() : page.close()));
    const seen = await record(page);
    await prepare(page);
    await page.goto(used.server.url);
    await page.locator("main h2").first().waitFor();
    return { page, context, seen, url: used.server.url };
  }
  return { visit };
}

/** Reads until what is read equals what is expected; the last difference is the failure. */
export async function eventually(read, expected, { within = 15_000 } = {}) {
  const end = Date.now() + within;
  for (;;) {
    const actual = await read();
    try {
      assert.deepEqual(actual, expected);
      return;
    } catch (difference) {
      if (Date.now() > end) throw difference;
    }
    await pause(15);
  }
}
