/**
 * What is published: exactly the files that must ship, and they work where the package is installed.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { packed } from "../packed.js";
import { read } from "./support.js";

const { folder, tarball, files } = packed();

const mustShip = [
  "cli/answer.js",
  "cli/arguments.js",
  "cli/colors.js",
  "cli/decided.js",
  "cli/failure.js",
  "cli/formats/csv.js",
  "cli/formats/json.js",
  "cli/formats/markdown.js",
  "cli/formats/table.js",
  "cli/help.js",
  "cli/inventory.js",
  "cli/main.js",
  "cli/model.js",
  "cli/nearest.js",
  "cli/notes.js",
  "cli/options.js",
  "cli/output.js",
  "cli/progress.js",
  "cli/reply.js",
  "cli/request.js",
  "cli/sections.js",
  "cli/serve/actions.js",
  "cli/serve/authorization.js",
  "cli/serve/command.js",
  "cli/serve/credentials.js",
  "cli/serve/encoding.js",
  "cli/serve/endpoint.js",
  "cli/serve/http.js",
  "cli/serve/images.js",
  "cli/serve/listing.js",
  "cli/serve/log.js",
  "cli/serve/options.js",
  "cli/serve/parameters.js",
  "cli/serve/refusal.js",
  "cli/serve/reply.js",
  "cli/serve/signature-v1.js",
  "cli/serve/signature-v3.js",
  "cli/serve/state.js",
  "cli/serve/tasks.js",
  "cli/sources.js",
  "cli/together.js",
  "cli/values.js",
  "cli/verdict.js",
  "cli/visible.js",
  "cli/words.js",
  "models/alibaba-security-center.json",
  "models/google-artifact-analysis.json",
  "models/huawei-hss.json",
  "models/tencent-tcss.json",
  "LICENSE",
  "README.md",
  "npm/answers.js",
  "npm/browser.js",
  "npm/csv.js",
  "npm/decisions.js",
  "npm/dispose.js",
  "npm/engine.js",
  "npm/errors.js",
  "npm/explained-rows.js",
  "npm/filter.js",
  "npm/gzip.js",
  "npm/index.d.ts",
  "npm/inline.cjs",
  "npm/inline.js",
  "npm/inventory.js",
  "npm/latest.js",
  "npm/load.js",
  "npm/node.cjs",
  "npm/node.js",
  "npm/options.js",
  "npm/parts.js",
  "npm/policy.js",
  "npm/request.js",
  "npm/shell.js",
  "npm/snapshot.js",
  "npm/sources.js",
  "npm/sql.js",
  "npm/tag.js",
  "npm/worker-link.js",
  "npm/worker-script.js",
  "npm/worker-serve.js",
  "npm/worker-sources.js",
  "npm/worker.cjs",
  "npm/worker.d.ts",
  "npm/worker.js",
  "package.json",
  "pkg/index.d.cts",
  "pkg/inline.js",
  "pkg/integrity.json",
  "pkg/node.cjs",
  "pkg/scan_precheck.js",
  "pkg/scan_precheck_bg.wasm",
  "pkg/scan_precheck_extra_bg.wasm",
  "pkg/scan_precheck_more_bg.wasm",
  "pkg/worker.d.cts",
];

/** May ship as well, and need not. */
const mayShip = ["CHANGELOG.md"];

test("everything that must ship is there", () => {
  assert.deepEqual(
    mustShip.filter((path) => !files.includes(path)),
    [],
  );
});

test("nothing else ships", () => {
  assert.deepEqual(
    files.filter((path) => !mustShip.includes(path) && !mayShip.includes(path)),
    [],
  );
});

test("everything that package.json points to ships", () => {
  const { exports, bin } = JSON.parse(read("package.json"));
  const targetsOf = (entry) =>
    typeof entry === "string" ? [entry] : Object.values(entry).flatMap(targetsOf);
  const targets = [...targetsOf(exports), ...targetsOf(bin)];
  assert.ok(targets.length > 12);
  for (const target of targets) {
    const [start, end = ""] = target.replace("./", "").split("*");
    assert.ok(
      files.some((path) => path.startsWith(start) && path.endsWith(end)),
      target,
    );
  }
});

test("every import of a file that ships leads to one", () => {
  for (const path of files.filter((path) => path.endsWith(".js"))) {
    for (const [, target] of read(path).matchAll(/(?:from|new URL\()\s*"(\.[^"]+)"/g)) {
      assert.ok(files.includes(join(path, "..", target)), `${path} imports ${target}`);
    }
  }
});

test("it works where it is installed, without the project around it", () => {
  const installed = join(folder, "node_modules/scan-precheck");
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
  writeFileSync(
    join(folder, "index.mjs"),
    `import { Inventory, precheck } from "scan-precheck";
     const inventory = await Inventory.load("RepoName,Tag\\nweb,1\\nweb,2\\n");
     console.log(JSON.stringify(precheck(inventory, { Tags: "1" }).Data));`,
  );
  const printed = execFileSync(process.execPath, ["index.mjs"], { cwd: folder, encoding: "utf8" });
  assert.equal(printed, '{"ScanImageCount":1,"NeedAuthCount":1}\n');
});
