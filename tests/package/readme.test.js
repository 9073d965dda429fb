/**
 * The examples in the README and in the documents: each runs as it stands there, and prints what stands below it.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { read, root } from "./support.js";

const folder = mkdtempSync(join(tmpdir(), "scan-precheck-readme-"));
after(() => rmSync(folder, { recursive: true }));

/** The examples and what each prints: blocks of JavaScript that use the package, and the block of text behind each. */
function examplesOf(markdown) {
  const blocks = Array.from(markdown.matchAll(/^```(\w*)\r?\n(.*?)^```\s*?$/gms), ([, language, text]) => ({
    language,
    text,
  }));
  return blocks.flatMap(({ language, text }, at) => {
    if (language !== "js" || !text.includes('from "scan-precheck"')) return [];
    const output = blocks[at + 1];
    assert.equal(output?.language, "text", "a ```text block with what the example prints must follow it");
    return [{ code: text, output: output.text }];
  });
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

const documents = ["README.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)];

for (const name of documents.filter((name) => name.endsWith(".md"))) {
  for (const [at, { code, output }] of examplesOf(read(name)).entries()) {
    test(`${name}: example ${at + 1} prints what stands below it`, () => {
      const { status, stdout, stderr } = run(code);
      assert.equal(status, 0, stderr);
      assert.equal(stderr, "");
      assert.ok(trimmed(output).length > 0, "the example must print something");
      assert.equal(trimmed(stdout), trimmed(output));
    });
  }
}

test("the README and the guide to charge models hold examples", () => {
  for (const name of ["README.md", "docs/charge-models.md"])
    assert.ok(
      examplesOf(read(name)).length > 0,
      `${name} holds no \`\`\`js block with \`from "scan-precheck"\``,
    );
});

test("examples are found and run as they are meant to be", () => {
  const code = 'import { precheck } from "scan-precheck";\nconsole.log(typeof precheck);\n';
  const other = "```sh\nnpm install\n```\n\n```js\nlet nothing;\n```\n";
  const readme = `# Title\n${other}\n\`\`\`js\n${code}\`\`\`\n\nwhich prints\n\n\`\`\`text\nfunction\n\`\`\`\n`;
  const example = { code, output: "function\n" };
  assert.deepEqual(examplesOf(readme + readme), [example, example]);
  assert.equal(run(code).stdout, "function\n");
  assert.deepEqual(examplesOf(other), []);
  assert.throws(() => examplesOf(`\`\`\`js\n${code}\`\`\`\n${other}`), /must follow/);
  assert.notEqual(run("throw new Error()").status, 0);
});
