/**
 * The worked examples in docs/cli.md and the help: each runs as it stands there, prints what stands below it, and ends as it says.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { help } from "../../cli/help.js";
import { options } from "../../cli/options.js";
import { env, main, root, run, scratch } from "./support.js";

const { folder, file } = scratch();
const guide = readFileSync(join(root, "docs/cli.md"), "utf8");

const blocks = Array.from(guide.matchAll(/^```(\w+) ?(.*?)\n(.*?)^```$/gms), ([, language, name, text]) => ({
  language,
  name,
  text,
}));
for (const { name, text } of blocks.filter(({ language }) => language === "csv" || language === "json"))
  file(name, text);

const examples = blocks.flatMap((block, at) => (block.language === "sh" ? [[block, blocks[at + 1]]] : []));

test("the guide holds its examples", () => assert.equal(examples.length, 16));

for (const [{ text: command }, output] of examples) {
  test(`docs/cli.md: ${command.trim()}`, () => {
    assert.equal(output?.language, "text", "a ```text block with the exit code must follow");
    const line = `scan-precheck() { '${process.execPath}' '${main}' "$@"; }; ${command}`;
    const { status, stdout, stderr } = spawnSync("bash", ["-c", line], {
      cwd: folder,
      encoding: "utf8",
      env,
    });
    assert.equal(stderr, "");
    assert.equal(stdout.replaceAll("\r\n", "\n"), output.text);
    assert.equal(String(status), output.name);
  });
}

test("the help has every option, and its examples are none that the command refuses", () => {
  const text = help();
  for (const { name } of options) assert.ok(text.includes(`--${name}`), name);
  const shown = Array.from(
    text.matchAll(/^ {4}(?:zcat \S+ \| )?scan-precheck (.*?)(?: > \S+)?$/gm),
    ([, args]) => args,
  );
  assert.equal(shown.length, 14);
  const sample = join(root, "www/public/sample-inventory.json");
  const reply = file("help-reply.json", '{ "ScanImageCount": 1, "NeedAuthCount": 2 }');
  for (const args of shown) {
    const real = (arg) => (arg === "reply.json" ? reply : /\.json(?:\.gz)?$/.test(arg) ? sample : arg);
    const given = args.split(" ").map(real);
    // It would go on until it is stopped: tests/serve has it at work.
    if (given[0] === "serve") {
      const { status, stdout } = run(["serve", "--help"]);
      assert.equal(status, 0);
      for (const option of given.filter((arg) => arg.startsWith("--")))
        assert.ok(stdout.includes(option), option);
      continue;
    }
    const { status, stderr } = run(given, { input: readFileSync(sample) });
    assert.notEqual(status, 1, `${args}: ${stderr}`);
  }
});

test("no line of the help is too long for a terminal", () => {
  for (const line of help().split("\n")) assert.ok(line.length <= 110, line);
});

test("the README's commands are none that the command refuses", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const shown = Array.from(readme.matchAll(/^npx scan-precheck (.*?)(?: +#.*)?$/gm), ([, args]) => args);
  assert.equal(shown.length, 3);
  for (const args of shown) {
    const given = args.split(" ").map((arg) => (arg === "images.json" ? join(folder, "images.csv") : arg));
    assert.notEqual(run(given).status, 1, args);
  }
});
