/**
 * What the tests of the command share: running it as a child process, and files to run it on.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const main = join(root, "cli/main.js");
export const sample = join(root, "www/public/sample-inventory.json");

/** What an environment of the machine's own must not change. */
export const env = { PATH: process.env.PATH, HOME: process.env.HOME };

/** Runs the command to its end. */
export function run(args, options = {}) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: root,
    encoding: "utf8",
    env,
    maxBuffer: 1 << 28,
    timeout: 60_000,
    input: "",
    ...options,
  });
  return { status, signal, stdout, stderr };
}

/** The answer as JSON. */
export const answer = (args, options) => JSON.parse(run([...args, "--format", "json"], options).stdout);

/** A folder for the files of a test file; it is gone at the end. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "scan-precheck-cli-"));
  after(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    file(name, text) {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    },
  };
}

/** Two tags of one digest, one image of its own and one without a digest: 4 images, 3 units. */
export const table =
  "RepoNamespace,RepoName,Tag,Digest\npay,api,1,d1\npay,api,latest,d1\nrisk,web,1,d2\nrisk,job,1,\n";

/** Whether nothing in a text moves a terminal's cursor or colours it. */
export const isPlain = (text) => !/[^\n\P{Cc}]/u.test(text.replaceAll("\r\n", "\n"));
