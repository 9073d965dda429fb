/**
 * The example in the README: it runs as it stands there, and prints what stands below it.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { read, root } from "./support.js";

const folder = mkdtempSync(join(tmpdir(), "scan-precheck-readme-"));
after(() => rmSync(folder, { recursive: true }));

/** The example and what it prints: a block of JavaScript that uses the package, and the block of text behind it. */
function exampleOf(readme) {
  const blocks = Array.from(
    readme.matchAll(/^```(\w*)\r?\n(.*?)^```\s*?$/gms),
    ([whole, language, text], at) => ({
      whole,
      language,
      text,
      at,
    }),
  );
  const at = blocks.findIndex(
    ({ language, text }) => language === "js" && text.includes('from "scan-precheck"'),
  );
  assert.ok(at >= 0, 'README.md holds no ```js block with `from "scan-precheck"`');
  const [code, output] = blocks.slice(at, at + 2);
  assert.equal(output?.language, "text", "a ```text block with what the example prints must follow it");
  return { code: code.text, output: output.text };
}

/** Runs a module as a project that has installed the package would, in the root so that it finds the sample. */
function run(code) {
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  const link = join(folder, "node_modules/scan-precheck");
  if (!existsSync(link)) symlinkSync(root, link);
  writeFileSync(join(folder, "example.mjs"), code);
  return spawnSync(process.execPath, [join(folder, "example.mjs")], {
    cwd: root,
    encoding: "utf8",
    timeout: 60_000,
  });
}

const trimmed = (text) => text.replaceAll(/[ \t\r]+$/gm, "").trim();

test("the example prints what stands below it", () => {
  assert.ok(existsSync(join(root, "README.md")), "there is no README.md");
  const { code, output } = exampleOf(read("README.md"));
  const { status, stdout, stderr } = run(code);
  assert.equal(status, 0, stderr);
  assert.equal(stderr, "");
  assert.ok(trimmed(output).length > 0, "the example must print something");
  assert.equal(trimmed(stdout), trimmed(output));
});

test("examples are found and run as they are meant to be", () => {
  const code = 'import { precheck } from "scan-precheck";\nconsole.log(typeof precheck);\n';
  const other = "```sh\nnpm install\n```\n\n```js\nlet nothing;\n```\n";
  const readme = `# Title\n${other}\n\`\`\`js\n${code}\`\`\`\n\nwhich prints\n\n\`\`\`text\nfunction\n\`\`\`\n`;
  assert.deepEqual(exampleOf(readme), { code, output: "function\n" });
  assert.equal(run(code).stdout, "function\n");
  assert.throws(() => exampleOf(other), /holds no/);
  assert.throws(() => exampleOf(`\`\`\`js\n${code}\`\`\`\n${other}`), /must follow/);
  assert.notEqual(run("throw new Error()").status, 0);
});
