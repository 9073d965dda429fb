/**
 * The command where the package is installed: found by its name, with nothing else beside it, in an empty folder.
 */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import { installed } from "../packed.js";
import { env, root, sample, table } from "./support.js";

const { folder, tarball } = installed();
const bin = join(folder, "node_modules/.bin/scan-precheck");
const sampleText = readFileSync(sample);
const file = (name, text) => {
  writeFileSync(join(folder, name), text);
  return name;
};
const small = file("small.csv", table);
const reply = file("reply.json", '{"ScanImageCount":3,"NeedAuthCount":4}');
const otherReply = file("other.json", '{"ScanImageCount":4,"NeedAuthCount":4}');

const run = (args, options = {}) =>
  spawnSync(bin, args, { cwd: folder, encoding: "utf8", env, input: "", maxBuffer: 1 << 28, ...options });

test("nothing but the package is installed, and its name is a command", () => {
  assert.deepEqual(
    readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith(".")),
    ["scan-precheck"],
  );
  assert.ok(existsSync(bin));
  const { version } = JSON.parse(
    execFileSync("tar", ["-xOzf", tarball, "package/package.json"], { encoding: "utf8" }),
  );
  assert.equal(run(["--version"]).stdout.trim(), version);
  const npx = ["--no-install", "scan-precheck", "--print-request", "precheck", "--tags", "1"];
  const { stdout, stderr } = spawnSync("npx", npx, { cwd: folder, encoding: "utf8" });
  assert.equal(stdout, "aliyun sas PublicPreCheckImageScanTask --Tags 1\n", stderr);
});

describe("the sample, as a file and on standard input", () => {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(join(root, "docs/cli.schema.json"), "utf8")),
  );
  const beginnings = {
    table: /^Estimate\n {2}images covered +4,860\n/,
    json: /^\{\n {2}"schema": 1,\n/,
    csv: /^images,quota,.*\r\n4860,/,
    markdown: /^### Estimate\n/,
  };
  for (const [format, beginning] of Object.entries(beginnings)) {
    test(`as ${format}`, () => {
      const fromFile = run([sample, "--format", format]);
      assert.deepEqual([fromFile.status, fromFile.error], [0, undefined], fromFile.stderr);
      assert.match(fromFile.stdout, beginning);
      for (const args of [[], ["-"]]) {
        const { status, stdout } = run([...args, "--format", format], { input: sampleText });
        assert.equal(status, 0);
        assert.equal(stdout.replace("standard input", sample), fromFile.stdout);
      }
      if (format === "json")
        assert.ok(validate(JSON.parse(fromFile.stdout)), JSON.stringify(validate.errors));
    });
  }

  test("with a charge model of the package", () => {
    const { status, stderr } = run([
      sample,
      "--charge-model",
      "google-artifact-analysis",
      "--tags",
      "latest",
    ]);
    assert.equal(status, 0, stderr);
  });
});

describe("exit codes", () => {
  for (const format of ["table", "json", "csv", "markdown"]) {
    for (const [code, args] of [
      [0, [small, "--remaining", "3"]],
      [0, [small, "--reconcile", reply]],
      [1, [small, "--remaining", "three"]],
      [2, [small, "--remaining", "2"]],
      [2, [small, "--max-quota", "2", "--explain"]],
      [2, [small, "--margin", "--remaining", "2"]],
      [2, [small, "--plan", "--remaining", "2"]],
      [3, [small, "--reconcile", otherReply]],
    ]) {
      test(`${code} of ${args.join(" ")}, as ${format}`, () => {
        const { status, stdout, stderr } = run([...args, "--format", format]);
        assert.equal(status, code, stderr);
        assert.equal(stdout === "", code === 1);
      });
    }
  }
});

describe("mistakes end with 1 and one message", () => {
  const refuses = (args, message, options) => {
    const { status, stdout, stderr } = run(args, options);
    assert.deepEqual([status, stdout], [1, ""], stderr);
    assert.match(stderr, /^scan-precheck: [^\n]+\n$/);
    assert.match(stderr, message);
  };

  test("a file that is not there", () =>
    refuses(["gone.json"], /cannot read gone\.json: there is no such file/));
  test("a folder", () => refuses(["node_modules"], /node_modules is a folder/));
  test("an unknown option", () =>
    refuses([small, "--tag", "1"], /no option `--tag`; did you mean `--tags`\?/));
  test("what is no export", () => refuses([], /standard input:1:1: /, { input: "hello\n" }));
  test("nothing on standard input", () => refuses([], /standard input:1:1: the input is empty/));

  test("a file that one may not read", () => {
    const secret = file("secret.json", "[]");
    chmodSync(join(folder, secret), 0o000);
    // Whoever may do everything may read it; nobody may not.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    chmodSync(folder, 0o755);
    for (const args of [
      [secret],
      [small, "--diff", secret],
      [small, "--reconcile", secret],
      [
        small,
        "--margin",
        "--remaining",
        "1",
        "--earlier",
        secret,
        "--earlier-date",
        "2026-11-01",
        "--date",
        "2026-11-02",
      ],
    ]) {
      refuses(args, /cannot read secret\.json: you may not read it/, nobody);
    }
    refuses([small, "--charge-model", secret], /cannot read secret\.json: you may not read it/, nobody);
  });
});

test("a reader that goes away ends it, quietly", () => {
  for (const format of ["table", "json", "csv", "markdown"]) {
    const line = `"$0" "$@" | head -1 | wc -l; echo "\${PIPESTATUS[0]}"`;
    const args = ["-c", line, bin, sample, "--explain", "--quiet", "--format", format];
    const { stdout, stderr } = spawnSync("bash", args, {
      cwd: folder,
      encoding: "utf8",
      env,
      timeout: 60_000,
    });
    assert.equal(stderr, "");
    assert.equal(stdout, "1\n0\n");
  }
});
