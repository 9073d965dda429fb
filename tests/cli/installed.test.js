/**
 * The command where the package is installed: found by its name, with nothing else beside it.
 */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { installed } from "../packed.js";
import { sample, table } from "./support.js";

test("it runs by its name from the packed package", () => {
  const { folder, tarball } = installed();
  assert.deepEqual(
    readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith(".")),
    ["scan-precheck"],
  );
  const bin = join(folder, "node_modules/.bin/scan-precheck");
  assert.ok(existsSync(bin));
  const ask = (args, input = "") => spawnSync(bin, args, { cwd: folder, encoding: "utf8", input });
  const whole = ask(["-", "--remaining", "2", "--format", "csv"], table);
  assert.equal(whole.status, 2, whole.stderr);
  assert.match(whole.stdout, /\r\n4,3,1,/);
  const model = ask([sample, "--charge-model", "google-artifact-analysis", "--tags", "latest"]);
  assert.equal(model.status, 0, model.stderr);
  const { version } = JSON.parse(
    execFileSync("tar", ["-xOzf", tarball, "package/package.json"], { encoding: "utf8" }),
  );
  assert.equal(ask(["--version"]).stdout.trim(), version);
  const npx = spawnSync(
    "npx",
    ["--no-install", "scan-precheck", "--print-request", "precheck", "--tags", "1"],
    { cwd: folder, encoding: "utf8" },
  );
  assert.equal(npx.stdout, "aliyun sas PublicPreCheckImageScanTask --Tags 1\n", npx.stderr);
});
