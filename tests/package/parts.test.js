/**
 * The module in two parts, as the entry for browsers brings them: what works with the first alone, what the second adds
 * and when, and what is told where it cannot be had. Each test has an engine of its own.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { root } from "./support.js";

const prelude = `
  import assert from "node:assert/strict";
  import { readFileSync } from "node:fs";
  import init, { Inventory, estimate, facets } from "${root}npm/browser.js";
  const part = (name) => readFileSync("${root}pkg/" + name);
  const module = part("scan_precheck_bg.wasm");
  const more = part("scan_precheck_more_bg.wasm");
  const csv = "RepoName,Tag\\nweb,1\\nweb,2\\n";
  const harbor = JSON.stringify([{
    type: "IMAGE", digest: "sha256:" + "a".repeat(64), repository_name: "library/web",
    tags: [{ name: "1" }, { name: "2" }], push_time: "2026-01-01T00:00:00.000Z", extra_attrs: {},
  }]);
  const codeOf = async (work) => {
    try { await work(); } catch (error) { return error.code + ": " + error.message; }
    return "no error";
  };
  const values = (inventory) => facets(inventory, {}, { field: "tags" }).values.length;
`;

/** Runs a program with the prelude in a process of its own. */
function runs(name, program) {
  test(name, () => {
    const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", prelude + program], {
      encoding: "utf8",
      timeout: 60_000,
    });
    assert.equal(status, 0, stderr);
  });
}

runs(
  "the first part alone loads our own formats and estimates; the second can come later",
  `
  await init({ module, parts: "estimate" });
  const inventory = await Inventory.load(csv);
  assert.equal(estimate(inventory).images, 2);
  assert.match(await codeOf(() => facets(inventory, {}, { field: "tags" })), /^part-not-loaded: .*await init/);
  assert.match(await codeOf(() => inventory.setChargeModel()), /^part-not-loaded/);
  assert.match(await codeOf(() => Inventory.load(harbor)), /^part-not-loaded: .*await init/);
  await init({ more });
  assert.equal(values(inventory), 2);
  assert.equal(estimate(await Inventory.load(harbor)).images, 2);
`,
);

runs(
  "both parts are there after init by default, however often it is called",
  `
  await Promise.all([init({ module, more }), init({ module, more }), init()]);
  assert.equal(values(await Inventory.load(harbor)), 2);
`,
);

runs(
  "a load that needs the second part waits for one that is on its way",
  `
  await init({ module, parts: "estimate" });
  let arrive;
  const coming = init({ more: new Promise((resolve) => { arrive = () => resolve(new Response(more)); }) });
  const loading = Inventory.load(new Blob([harbor.slice(0, 40), harbor.slice(40)]));
  let loaded = false;
  loading.then(() => { loaded = true; });
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(loaded, false);
  arrive();
  assert.equal(values(await loading), 2);
  await coming;
`,
);

runs(
  "where the second part cannot be had, the first works and it is told why; a further call tries again",
  `
  const missing = () => Promise.resolve(new Response("", { status: 404 }));
  assert.match(await codeOf(() => init({ module, more: missing() })), /^part-not-loaded: .*404/);
  assert.match(await codeOf(() => init({ more: new Uint8Array(8) })), /^part-not-loaded/);
  const inventory = await Inventory.load(csv);
  assert.equal(estimate(inventory).images, 2);
  await init({ more });
  assert.equal(values(inventory), 2);
`,
);

runs(
  "what is no second part is refused",
  `
  const other = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
  assert.match(await codeOf(() => init({ module, more: other })), /^part-not-loaded/);
  assert.match(await codeOf(() => init({ more: module })), /^part-not-loaded/);
`,
);

runs(
  "options are checked before anything is fetched",
  `
  assert.match(await codeOf(() => init({ module, part: "all" })), /^unknown-key/);
  assert.match(await codeOf(() => init({ module, parts: "some" })), /^invalid-value/);
  assert.match(await codeOf(() => init({ module, parts: 1 })), /^wrong-type/);
`,
);
