/**
 * The command line: where its input comes from, what it answers by its exit code, and what it says of a mistake.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { answer, env, isPlain, root, run, sample, scratch, table } from "./support.js";

const { folder, file } = scratch();
const small = file("small.csv", table);
const sampleText = readFileSync(sample);

describe("input", () => {
  const whole = ({ estimate }) => [estimate.images, estimate.quota];

  test("the sample is answered as the package answers it", async () => {
    const { estimate, Inventory } = await import("scan-precheck");
    const inventory = await Inventory.load(sampleText, { cycleStart: Date.UTC(2026, 10, 20) });
    for (const filter of [
      {},
      { tags: "latest" },
      { registryTypes: "acr,harbor", regionIds: "cn-hangzhou" },
    ]) {
      const options = Object.entries(filter).flatMap(([name, value]) => [`--${name}`, value]);
      const found = answer([sample, "--cycle-start", "2026-11-20", "--remaining", "70", ...options]);
      assert.deepEqual(found.estimate, estimate(inventory, filter, { remaining: 70 }));
    }
    inventory.free();
  });

  test("standard input is read where no file is named, and as -", () => {
    assert.deepEqual(whole(answer([], { input: table })), [4, 3]);
    assert.deepEqual(whole(answer(["-"], { input: sampleText })), whole(answer([sample])));
    assert.equal(answer(["-"], { input: table }).reports[0].sources[0].name, "standard input");
  });

  test("several files are one inventory, packed or not", () => {
    const packed = file("more.csv.gz", gzipSync("RepoName,Tag,Digest\nmore,1,d1\nmore,2,d9\n"));
    assert.deepEqual(whole(answer([small, packed])), [6, 4]);
    assert.deepEqual(whole(answer([small, "-"], { input: gzipSync("RepoName,Tag\nmore,1\n") })), [5, 4]);
  });

  test("a file is read from a pipe", () => {
    const shell = `"$0" "$1" <(cat "$2") --format json`;
    const found = runShell(shell, [sample]);
    assert.deepEqual(whole(JSON.parse(found)), whole(answer([sample])));
  });

  test("fields that an export lacks come from the defaults", () => {
    const tags = file("tags.csv", "Tag\n1\n2\n");
    const found = answer([
      tags,
      "--default-repo-name",
      "web",
      "--default-registry-type",
      "acr",
      "--repo-names",
      "web",
      "--registry-types",
      "acr",
    ]);
    assert.equal(found.estimate.images, 2);
  });

  test("what has ended by --now is left out", () => {
    const quay = `${root}tests/fixtures/quay-tags-page-1.json`;
    const images = (now) => answer([quay, "--now", now]).estimate.images;
    assert.ok(images("2001-01-01") > images("2099-01-01"));
  });

  test("a charge model is a file, or one of the package by its name", () => {
    const rows = file("charged.csv", "RepoName,Tag,Digest,charged\na,1,d1,true\nb,1,d2,\n");
    const byName = answer([rows, "--charge-model", "tencent-tcss"]).bill;
    assert.equal(byName.units, "1.1");
    assert.deepEqual(answer([rows, "--charge-model", `${root}models/tencent-tcss.json`]).bill.units, "1.1");
  });
});

/** Runs a line of bash with the command as `$0 $1`. */
function runShell(line, args) {
  const [node, main] = [process.execPath, `${root}cli/main.js`];
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line, node, main, ...args], {
    encoding: "utf8",
    env,
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

describe("options", () => {
  test("a filter's option joins what it is given, in either spelling", () => {
    const once = answer([sample, "--repo-namespaces", "payment,risk", "--tags=latest"]);
    for (const args of [
      ["--repo-namespaces", "payment", "--repo-namespaces=risk", "--tags", "latest"],
      ["--RepoNamespaces", "payment", "--repoNamespaces", "risk", "--Tags=latest"],
    ]) {
      const { filter, estimate } = answer([...args, sample]);
      assert.deepEqual(filter, { RepoNamespaces: "payment,risk", Tags: "latest" });
      assert.deepEqual(estimate, once.estimate);
    }
  });

  test("dates are read to the millisecond, days at midnight UTC", () => {
    for (const [text, time] of [
      ["2026-11-01", Date.UTC(2026, 10, 1)],
      ["2026-11-01T00:00:00+08:00", Date.UTC(2026, 9, 31, 16)],
      ["2026-11-01 00:00Z", Date.UTC(2026, 10, 1)],
      ["2024-02-29", Date.UTC(2024, 1, 29)],
      ["1795163640001", 1_795_163_640_001],
    ]) {
      assert.equal(answer([small, "--cycle-start", text]).estimate.chargeModel.cycleStart, time, text);
    }
  });

  test("what follows -- is a file", () => {
    assert.match(run(["--", "--tags"]).stderr, /cannot read --tags: there is no such file/);
  });

  test("help and version are told, whatever else is asked", () => {
    const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
    assert.deepEqual(run(["--version", "nope"]), {
      status: 0,
      signal: null,
      stdout: `${version}\n`,
      stderr: "",
    });
    const { status, stdout, stderr } = run(["-h"]);
    assert.deepEqual([status, stderr], [0, ""]);
    for (const option of [
      "--registry-types",
      "--plan",
      "--max-quota",
      "--default-repo-id",
      "--print-request",
    ]) {
      assert.ok(stdout.includes(option), option);
    }
  });
});

describe("exit codes", () => {
  test("1 where no row could be used: that is no scan of nothing", () => {
    const { status, stdout, stderr } = run([
      file("unusable.csv", "Tag,charged\n1,maybe\n2,maybe\n"),
      "--remaining",
      "9",
    ]);
    assert.deepEqual([status, stdout], [1, ""]);
    assert.match(stderr, /unusable\.csv:2:1: no row could be used; of 2 rows left out, the first: `Charged`/);
  });

  for (const [meaning, args, status] of [
    ["nothing to compare with", [], 0],
    ["just enough remains", ["--remaining", "3"], 0],
    ["one unit is missing", ["--remaining", "2"], 2],
    ["just at the limit", ["--max-quota", "3"], 0],
    ["above the limit", ["--max-quota", "2"], 2],
    ["enough remains, and above the limit", ["--remaining", "9", "--max-quota", "0"], 2],
    ["the filter makes it fit", ["--remaining", "1", "--repo-namespaces", "pay"], 0],
    ["an explanation of too much", ["--remaining", "2", "--explain"], 2],
    ["a plan that leaves something out", ["--remaining", "2", "--plan"], 2],
    ["a plan in which everything fits", ["--remaining", "3", "--plan"], 0],
    ["a difference of too much", ["--max-quota", "2", "--diff", small], 2],
  ]) {
    for (const format of ["table", "json", "csv", "markdown"]) {
      test(`${meaning}: ${status}, as ${format}`, () => {
        const found = run([small, ...args, "--format", format]);
        assert.equal(found.status, status, found.stderr);
        assert.ok(found.stdout.length > 20);
      });
    }
  }

  test("the limit is held to by fractions of a unit", () => {
    const rows = file("fraction.csv", "RepoName,Tag,Digest,charged\na,1,d1,true\nb,1,d2,\n");
    const status = (limit) => run([rows, "--charge-model", "tencent-tcss", "--max-quota", limit]).status;
    assert.deepEqual([status("1"), status("2")], [2, 0]);
  });
});

describe("mistakes", () => {
  const bad = file("bad.json", '[{"Tag":"1"},\n{"Tag":"x"');
  const says = (name, text) => file(`${name}.json`, text);
  const model = file("model.json", '{ "name": ');
  for (const [meaning, args, message, input] of [
    ["a file that is not there", ["nope.json"], /cannot read nope\.json: there is no such file/],
    ["a file without a name", [""], /cannot read a file without a name/],
    ["a folder", [folder], /is a folder; name the files in it/],
    ["a name through a file", [`${small}/x`], /a part of its path is no folder/],
    ["an unknown option", [small, "--remainin", "3"], /no option `--remainin`; did you mean `--remaining`\?/],
    ["an unknown option in the wire's spelling", [small, "--RegonIds", "x"], /did you mean `--region-ids`\?/],
    ["an option like nothing", [small, "--frobnicate"], /no option `--frobnicate`; `scan-precheck --help`/],
    ["an unknown letter", [small, "-x"], /no option `-x`/],
    ["no value", [small, "--tags"], /--tags needs a value: --tags TAG/],
    [
      "an option in the place of a value",
      ["--tags", "--explain", small],
      /needs a value, but `--explain` follows/,
    ],
    [
      "an empty value, as of an unset variable",
      [small, "--tags", ""],
      /--tags is given without a value in it/,
    ],
    ["a value of commas", [small, "--repo-names= , "], /--repo-names is given without a value in it/],
    ["a value for a flag", [small, "--explain=yes"], /--explain takes no value/],
    [
      "a value twice",
      [small, "--remaining", "1", "--remaining", "2"],
      /--remaining is given twice, as `1` and `2`/,
    ],
    ["a number with a sign", [small, "--remaining=-1"], /--remaining must be a whole number from 0.*`-1`/],
    ["a fraction", [small, "--max-quota", "1.5"], /--max-quota must be a whole number.*`1\.5`/],
    ["a number that is too large", [small, "--remaining", "9007199254740993"], /must be a whole number/],
    ["a word for a number", [small, "--remaining", "ten"], /must be a whole number.*`ten`/],
    [
      "a step of nothing",
      [small, "--remaining", "1", "--purchase-step", "0"],
      /--purchase-step must be 1 or more/,
    ],
    ["a step without what remains", [small, "--purchase-step", "5"], /add --remaining N/],
    [
      "a day that is not in the calendar",
      [small, "--cycle-start", "2026-02-30"],
      /--cycle-start must be a date.*`2026-02-30`/,
    ],
    ["a time without its clock", [small, "--cycle-start", "2026-11-01T00:00"], /\+08:00/],
    ["a word for a date", [small, "--now", "yesterday"], /--now must be a date/],
    [
      "an unknown format",
      [small, "--format", "jsn"],
      /--format must be one of table, json.*did you mean `json`\?/,
    ],
    [
      "an unknown field",
      [small, "--plan", "--remaining", "1", "--by", "tag"],
      /--by must be one of.*did you mean `tags`\?/,
    ],
    ["a plan without what remains", [small, "--plan"], /add --remaining N/],
    ["a field without a plan", [small, "--by", "tags"], /add --plan/],
    ["an order without a plan", [small, "--order", "most-images"], /add --plan/],
    ["a cycle without a plan", [small, "--per-cycle", "1"], /add --plan/],
    [
      "a margin without what remains",
      [small, "--margin"],
      /--margin needs to know what remains: add --remaining N/,
    ],
    [
      "values to come first, of no field",
      [small, "--plan", "--remaining", "1", "--first", "x"],
      /--first gives values of the field.*add --by FIELD/,
    ],
    [
      "an unknown order",
      [small, "--plan", "--remaining", "1", "--order", "longest"],
      /--order must be one of most-images, longest-unscanned.*did you mean `longest-unscanned`\?/,
    ],
    [
      "a batch that is too large",
      [small, "--plan", "--remaining", "1", "--batch", "10001"],
      /`--batch` must be a whole number from 1 to 10000/,
    ],
    ["a reason without an explanation", [small, "--reason", "charged-now"], /add --explain/],
    [
      "an unknown reason",
      [small, "--explain", "--reason", "charged-now,charged"],
      /--reason must be one of charged-now, .*but it is `charged`/,
    ],
    ["an unknown order of images", [small, "--explain", "--sort", "tag"], /did you mean `tags`\?/],
    ["a limit of nothing", [small, "--explain", "--limit", "0"], /--limit must be 1 or more/],
    ["an earlier inventory without a margin", [small, "--earlier", small], /add --margin/],
    [
      "an earlier inventory without its date",
      [small, "--margin", "--remaining", "1", "--earlier", small, "--date", "2026-11-01"],
      /--earlier needs the dates of both inventories: add --earlier-date DATE/,
    ],
    [
      "a date without an earlier inventory",
      [small, "--margin", "--remaining", "1", "--date", "2026-11-01"],
      /add --earlier OLD/,
    ],
    [
      "dates in the wrong order",
      [
        ...[small, "--margin", "--remaining", "1", "--earlier", small],
        ...["--earlier-date", "2026-11-02", "--date", "2026-11-02"],
      ],
      /--earlier-date must be before --date/,
    ],
    [
      "a reply that is not there",
      [small, "--reconcile", "gone.json"],
      /cannot read gone\.json: there is no such file/,
    ],
    ["a folder for a reply", [small, "--reconcile", folder], /cannot read .*: it is a folder/],
    ["standard input twice, once for the reply", ["--reconcile", "-"], /can be read only once/],
    ["an unknown rule", [small, "--count-by", "digests"], /did you mean `digest`\?/],
    [
      "an unknown format of the input",
      [small, "--input-format", "xml"],
      /--input-format must be one of json, csv/,
    ],
    ["a source address without a request", [small, "--source-ip", "1.2.3.4"], /add --print-request/],
    [
      "a source address that is none",
      ["--print-request", "sdk", "--source-ip", "1.2.3"],
      /`--source-ip` is `1\.2\.3`, which is no IPv4 or IPv6 address/,
    ],
    [
      "two questions",
      [small, "--plan", "--explain", "--remaining", "1"],
      /--explain and --plan are two questions/,
    ],
    ["standard input twice", ["-", "-"], /standard input \(-\) can be read only once/],
    ["standard input twice, once unsaid", ["--diff", "-"], /standard input \(-\) can be read only once/],
    ["colours and none", [small, "--color", "--no-color"], /contradict each other/],
    ["a file beside a request", [small, "--print-request", "submit"], /--print-request reads no inventory/],
    ["a number beside a request", ["--print-request", "sdk", "--remaining", "1"], /leave out --remaining/],
    ["an unknown request", ["--print-request", "submt"], /did you mean `submit`\?/],
    [
      "a charge model that is not there",
      [small, "--charge-model", "tencent"],
      /there is no such file; in the package are .*tencent-tcss/,
    ],
    ["a charge model that is no JSON", [small, "--charge-model", model], /model\.json is no JSON/],
    [
      "a charge model that says nothing",
      [small, "--charge-model", says("empty", "{}")],
      /empty\.json must be an object/,
    ],
    [
      "a charge model of nothing",
      [small, "--charge-model", says("null", "null")],
      /null\.json must be an object/,
    ],
    ["a list for a charge model", [small, "--charge-model", says("list", "[1]")], /list\.json/],
    [
      "half a charge model",
      [small, "--charge-model", says("half", '{"name":"x"}')],
      /half\.json: .*no `date`/,
    ],
    ["an export that ends too early", [small, bad], /bad\.json:2:11: the input ends within the value/],
    ["an export that ends too early, on standard input", ["-"], /standard input:2:2: /, '[{"Tag":"1"},\n"'],
    ["nothing on standard input", [], /standard input:1:1: the input is empty/],
    [
      "a table without a known column",
      ["-"],
      /standard input:1:1: no field of an image is known/,
      "a,b\n1,2\n",
    ],
    ["an earlier inventory that is not there", [small, "--diff", "gone.json"], /cannot read gone\.json/],
  ]) {
    test(meaning, () => {
      const { status, stdout, stderr } = run(args, { input: input ?? "" });
      assert.equal(status, 1, stderr);
      assert.equal(stdout, "");
      assert.match(stderr, message);
      assert.match(stderr, /^scan-precheck: /);
      assert.equal(stderr.trimEnd().split("\n").length, 1, "one message");
      assert.ok(!/\n\s+at /.test(stderr), "without a stack");
    });
  }

  test("what is shown of a mistake moves no cursor", () => {
    for (const args of [["\u001b[2J\u0007"], [small, "--remaining", "\u001b]0;x\u0007"], ["--\u001b[31m"]]) {
      const { status, stderr } = run(args);
      assert.equal(status, 1);
      assert.ok(isPlain(stderr), JSON.stringify(stderr));
    }
  });

  test("a limit of the engine is told by the option's name", () => {
    const { status, stderr } = run([
      "--print-request",
      "sdk",
      "--tags",
      "x,".repeat(60_000),
      "--tags",
      "x,".repeat(60_000),
    ]);
    assert.equal(status, 1);
    assert.match(stderr, /^scan-precheck: `--tags` .*100,?000/);
  });
});
