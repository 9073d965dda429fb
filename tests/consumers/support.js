/**
 * What consumers share: their program, a server with a strict policy, and what a browser finds there.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";

/** The program of every consumer, from its import to `tell`, which is given the answer. */
export const program = (from, tell) => `import init, { Inventory, facets, precheck } from "${from}";
await init();
const inventory = await Inventory.load("RepoName,Tag\\nweb,1\\nweb,2\\n");
const values = facets(inventory, {}, { field: "tags" }).values.length;
${tell}(JSON.stringify({ ...precheck(inventory, { Tags: "1" }).Data, values }));
`;
export const expected = '{"ScanImageCount":1,"NeedAuthCount":1,"values":2}';

/** Writes files into a folder. */
export function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

export const page = (script) =>
  `<!doctype html><title>consumer</title><link rel="icon" href="data:,"><script type="module" src="${script}"></script>`;

const types = { ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };
const policy = "default-src 'self'; img-src data:; script-src 'self' 'wasm-unsafe-eval'";

/** Serves a folder under the policy. */
export async function serve(folder) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    try {
      const content = readFileSync(join(folder, path.endsWith("/") ? `${path}index.html` : path));
      const type = types[extname(path) || ".html"] ?? "text/plain";
      response.writeHead(200, { "content-type": type, "content-security-policy": policy }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** Opens an address; answers with what the consumer tells there, and what the policy refused. */
export async function answerAt(browser, url) {
  const opened = await browser.newPage();
  const errors = [];
  opened.on("pageerror", ({ message }) => errors.push(message));
  await opened.addInitScript(() => {
    globalThis.violations = [];
    globalThis.tell = (answer) => {
      globalThis.answer = answer;
    };
    addEventListener("securitypolicyviolation", (event) => {
      globalThis.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  try {
    await opened.goto(url);
    await opened.waitForFunction(() => globalThis.answer !== undefined, undefined, { timeout: 60_000 });
    return await opened.evaluate(() => ({ answer: globalThis.answer, violations: globalThis.violations }));
  } catch (error) {
    throw new Error(`no answer at ${url}: ${errors.join("; ")}`, { cause: error });
  } finally {
    await opened.close();
  }
}
