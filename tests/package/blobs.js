/**
 * Blobs of any size through the package in a worker of Chromium, while the page beside it counts how long it was kept
 * from answering. The blob is one chunk of rows over and over: it takes no room, and its count is known.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { launch } from "../chromium.js";
import { root } from "./support.js";

/** Milliseconds between two looks at the clock in the page. */
const TICK = 50;

/** Distinct rows of a chunk; each digest has two tags. */
export const DISTINCT = 100_000;

const types = { js: "text/javascript", wasm: "application/wasm", html: "text/html" };

/** Serves the package, and an empty page to run it in. */
async function serve() {
  const server = createServer(async (request, response) => {
    const path = request.url === "/" ? "" : request.url.slice(1);
    const known = path === "" || /^(?:npm|pkg)\/[\w.-]+$/.test(path);
    const type = types[path === "" ? "html" : path.split(".").at(-1)];
    const content = known && type ? await contentOf(path) : undefined;
    response.writeHead(content === undefined ? 404 : 200, { "content-type": type ?? "text/plain" });
    response.end(content);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

const contentOf = (path) =>
  path === "" ? "<!doctype html><title>blobs</title>" : readFile(root + path).catch(() => undefined);

/** Opens a page of the package in a browser, for the time that `use` takes. */
export async function inBrowser(use) {
  const server = await serve();
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    return await use(page);
  } finally {
    await browser.close();
    server.close();
  }
}

/**
 * Loads a table of at least so many bytes in a worker of the page.
 *
 * @param {import("playwright-core").Page} page
 * @param {{ bytes: number, gzip?: boolean }} options
 */
export const loadBlob = (page, { bytes, gzip = false }) =>
  page.evaluate(measure, { bytes, gzip, DISTINCT, TICK });

/** Runs in the page. */
async function measure({ bytes, gzip, DISTINCT, TICK }) {
  const pad = (number, length) => String(number).padStart(length, "0");
  const rows = Array.from({ length: DISTINCT }, (_, at) => {
    const place = `acr,cn-hangzhou,cri-${pad(at % 40, 16)},team-${pad(at % 50, 4)},crr-${pad(at % 2000, 16)}`;
    return `${place},repository-${pad(at % 2000, 6)},${pad(at >> 1, 64)},${at & 1 ? "v" : "r"}${pad(at, 7)}\n`;
  });
  const chunk = new Blob(rows);
  const chunks = Math.ceil(bytes / chunk.size);
  const header = "RegistryType,RegionId,InstanceId,RepoNamespace,RepoId,RepoName,Digest,Tag\n";
  let blob = new Blob([header, ...Array(chunks).fill(chunk)]);
  if (gzip) blob = await new Response(blob.stream().pipeThrough(new CompressionStream("gzip"))).blob();

  const source = `
    import init, { estimate, Inventory } from "${location.origin}/npm/browser.js";
    onmessage = async ({ data }) => {
      let progress = 0;
      try {
        await init();
        const inventory = await Inventory.load(data, { onProgress: () => { progress += 1; } });
        const { images, quota } = estimate(inventory, {});
        const { rows, duplicates, complete } = inventory.report;
        postMessage({ images, quota, rows, duplicates, complete, progress });
      } catch (error) {
        postMessage({ code: error.code ?? "thrown", message: String(error.message), progress });
      }
    };`;
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })), {
    type: "module",
  });
  let longestGap = 0;
  let last = performance.now();
  const look = () => {
    const now = performance.now();
    longestGap = Math.max(longestGap, now - last);
    last = now;
  };
  const timer = setInterval(look, TICK);
  const began = performance.now();
  const answer = await new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => resolve({ code: "worker", message });
    worker.postMessage(blob);
  });
  look();
  clearInterval(timer);
  worker.terminate();
  return {
    size: blob.size,
    rowsExpected: chunks * DISTINCT,
    seconds: (performance.now() - began) / 1000,
    longestGap,
    ...answer,
  };
}
