/**
 * Readers that go away: the command ends, quietly and soon.
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { env, main, run, sample, scratch } from "./support.js";

const { file } = scratch();
// Much more than a pipe holds.
const rows = Array.from(
  { length: 60_000 },
  (_, at) => `ns${at % 50},repository-${at % 900},tag-${at},d${at >> 1}`,
);
const large = file("large.csv", `RepoNamespace,RepoName,Tag,Digest\n${rows.join("\n")}\n`);

for (const format of ["table", "json", "csv", "markdown"]) {
  test(`| head -1 of many explanations, as ${format}`, () => {
    const line = `"$0" "$@" | head -1; echo "\${PIPESTATUS[0]}"`;
    const args = ["-c", line, process.execPath, main, large, "--explain", "--format", format];
    const { status, stdout, stderr } = spawnSync("bash", args, { encoding: "utf8", env, timeout: 60_000 });
    assert.equal(status, 0);
    assert.equal(stderr, "");
    const [, code] = stdout.trimEnd().split("\n");
    assert.equal(code, "0");
  });
}

test("the exit code is still the verdict's", async () => {
  const child = spawn(process.execPath, [main, large, "--explain", "--max-quota", "1"], { env });
  child.stdout.once("data", () => child.stdout.destroy());
  const [code, signal] = await once(child, "close");
  assert.deepEqual([code, signal], [2, null]);
});

test("everything arrives where the reader is slow", async () => {
  const child = spawn(process.execPath, [main, large, "--explain", "--format", "csv", "--quiet"], { env });
  let text = "";
  for await (const piece of child.stdout.setEncoding("utf8")) {
    text += piece;
    if (text.length < 1_000_000) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.equal(text.split("\r\n").length, 60_000 + 2);
});

test("there is no progress where no terminal is", () => {
  assert.equal(run([large]).stderr, "");
});

test("at a terminal, progress is shown and wiped away", () => {
  const typed = `stty cols 80 2>/dev/null; '${process.execPath}' '${main}' '${sample}' '${large}' --format json >/dev/null`;
  const shown = (line) => spawnSync("script", ["-qec", line, "/dev/null"], { encoding: "utf8", env }).stdout;
  const text = shown(typed);
  assert.match(text, /reading: \d+\.\d MB of \d+\.\d MB, [\d,]+ rows/);
  assert.ok(text.trimEnd().endsWith("\u001b[K"));
  assert.doesNotMatch(shown(`${typed} --quiet`), /reading/);
});
