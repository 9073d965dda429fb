/**
 * What is shown: each format, the notes on what was left out, colours, and texts that must do nothing where they are shown.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { colored } from "../../cli/colors.js";
import { cellOf } from "../../npm/csv.js";
import { answer, env, isPlain, run, sample, scratch, table } from "./support.js";

const { file } = scratch();
const small = file("small.csv", table);
const hostile = JSON.stringify([
  { RepoName: "=cmd|' /C calc'!A0", Tag: "+1", Digest: "@x" },
  { RepoName: '-2,"3"', Tag: "\t=1", RegionId: "\r=1" },
  { RepoName: "a|b\n# c <img src=x> [d](e) `f`", Tag: "\u001b[31mred\u0007\u202e" },
]);

/** Reads CSV by the rules of RFC 4180. */
function cellsOf(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (quoted === undefined && plain === "" && end === "") break;
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "\r\n") rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

describe("a table", () => {
  test("tells the numbers and the verdict", () => {
    const { stdout, stderr } = run([small, "--remaining", "1", "--purchase-step", "5"]);
    assert.match(stdout, /images covered +4\n/);
    assert.match(stdout, /quota to consume +3\n/);
    assert.match(stdout, /It does not fit: 2 missing; buy 5 \(in steps of 5\)\./);
    assert.equal(stderr, "");
  });

  test("stands in columns, also with wide letters", () => {
    const wide = file("wide.csv", "RepoName,Tag\n镜像仓库,1\nab,2\n");
    const { stdout } = run([wide, "--explain"]);
    const lines = stdout.split("\n").filter((line) => line.includes("unknownDigest"));
    const [first, second] = lines.map((line) => /(?:镜像仓库|ab)( +)\d/.exec(line));
    const widthOf = ([whole]) => whole.length + (whole.includes("镜") ? 4 : 0);
    assert.equal(widthOf(first), widthOf(second));
  });
});

describe("CSV", () => {
  test("has every image once, with the reasons of the package", () => {
    const rows = cellsOf(run([sample, "--explain", "--format", "csv"]).stdout);
    const { explained } = answer([sample, "--explain"]);
    const [header, ...images] = rows;
    assert.equal(images.length, 4860);
    const column = (name) => header.indexOf(name);
    for (const [at, row] of images.entries()) {
      const { row: number, reason, image } = explained.images[at];
      assert.deepEqual(
        [row[0], row[column("reason")], row[column("repoName")], row[column("digest")]],
        [String(number), reason, image.repoName ?? "", image.digest ?? ""],
      );
    }
    assert.equal(new Set(images.map(([number]) => number)).size, 4860);
  });

  test("a cell that a spreadsheet would take for a formula begins with an apostrophe", () => {
    const [header, ...rows] = cellsOf(
      run([file("hostile.json", hostile), "--explain", "--format", "csv"]).stdout,
    );
    const cells = rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at]])));
    assert.equal(rows.length, 3);
    for (const row of rows) for (const cell of row) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
    const held = cells.flatMap(({ repoName, tag, digest, regionId }) => [repoName, tag, digest, regionId]);
    for (const text of ["'=cmd|' /C calc'!A0", "'+1", "'@x", '\'-2,"3"']) {
      assert.ok(held.includes(text), JSON.stringify([text, held]));
    }
    // The engine takes blanks off a value; what comes to the cell with one is guarded all the same.
    for (const text of ["=", "+", "-", "@", "\t", "\r"])
      assert.equal(cellOf(`${text}1`).replace(/^"/, "")[0], "'");
    assert.equal(cellOf("a=1"), "a=1");
    assert.equal(cellOf(null), "");
  });

  test("notes go to standard error, and nowhere when it is to be quiet", () => {
    const faulty = file("faulty.json", '[{"RepoName":"a","Tag":1},{"RepoName":"b","Tag":"1"}]');
    const { stdout, stderr } = run([faulty, "--format", "csv"]);
    assert.match(stdout, /^images,quota,.*\r\n1,1,.*,false\r\n$/s);
    assert.match(stderr, /1 row left out: wrong-type 1/);
    assert.equal(run([faulty, "--format", "csv", "--quiet"]).stderr, "");
  });

  test("a plan has its requests, a difference its classes", () => {
    const plan = cellsOf(run([small, "--plan", "--remaining", "2", "--format", "csv"]).stdout);
    assert.deepEqual(plan[1].slice(0, 2), ["1", "PublicCreateImageScanTask"]);
    assert.deepEqual(Object.keys(JSON.parse(plan[1][5])), ["Digests"]);
    const diff = cellsOf(
      run([small, "--diff", file("old.csv", `${table}old,x,1,d9\n`), "--format", "csv"]).stdout,
    );
    assert.deepEqual(diff.at(-1), ["removed", "1", "0", "1", "0"]);
  });
});

describe("Markdown", () => {
  test("is a table for each part", () => {
    const { stdout } = run([small, "--remaining", "1", "--format", "markdown"]);
    assert.match(
      stdout,
      /^\*\*It does not fit: 2 missing; buy 20 \(in steps of 20\)\.\*\*\n\n### Estimate\n\n/,
    );
    assert.match(stdout, /\n\| images covered \| 4 \|\n/);
  });

  test("what a value holds marks up nothing and ends no cell", () => {
    const { stdout } = run([file("hostile.json", hostile), "--explain", "--format", "markdown"]);
    const lines = stdout.split("\n").filter((line) => line.startsWith("| consumes"));
    assert.equal(lines.length, 3);
    for (const line of lines) {
      assert.equal(line.replaceAll("\\\\", "").replaceAll("\\|", "").split("|").length, 14, line);
      assert.ok(!line.includes("<img"), line);
    }
    assert.ok(isPlain(stdout));
  });
});

describe("what was left out", () => {
  const faulty = file(
    "left-out.json",
    `[\n${Array.from({ length: 15 }, (_, at) => `{"RepoName":"r","Tag":${at}}`).join(",\n")},\n{"RepoName":"b","Tag":"1"}]`,
  );

  for (const format of ["table", "markdown"]) {
    test(`is told with the first places, as ${format}`, () => {
      const { stdout, status } = run([faulty, "--format", format]);
      assert.equal(status, 0);
      assert.match(stdout, /15 rows left out: wrong(?:\\)?-type 15/);
      assert.match(stdout, /left-out\.json:2:1: /);
      assert.match(stdout, /left-out\.json:11:1: /);
      assert.doesNotMatch(stdout, /left-out\.json:12:1: /);
      assert.match(stdout, /and 5 more rows/);
      assert.match(stdout, /complete/);
    });
  }

  test("is told in full, as JSON", () => {
    const { reports, estimate } = answer([faulty]);
    assert.equal(estimate.complete, false);
    assert.deepEqual(reports[0].leftOut.byReason, [{ reason: "wrong-type", rows: 15 }]);
    assert.equal(reports[0].leftOut.places.length, 15);
  });

  test("is told of both inventories of a difference", () => {
    const { stdout } = run([small, "--diff", faulty]);
    assert.match(stdout, /before: 15 rows left out/);
  });

  test("values that match nothing are told, and how many", () => {
    const { stdout } = run([small, "--tags", Array.from({ length: 30 }, (_, at) => `none${at}`).join(",")]);
    assert.match(stdout, /no image has `none0` or 29 more of the values in `tags`/);
  });

  test("fewer images than announced are told", () => {
    const page = JSON.stringify({
      PageInfo: { TotalCount: 9, CurrentPage: 1, PageSize: 1, Count: 1 },
      ImageInstanceList: [{ RepoName: "a", Tag: "1" }],
    });
    assert.match(run([file("page.json", page)]).stdout, /announce 9 images, and 1 row came/);
  });
});

describe("colours", () => {
  const colors = (args, more) =>
    run([small, "--remaining", "1", ...args], { env: { ...env, ...more } }).stdout.includes("\u001b[");

  test("are off where no terminal is, and where they are not wanted", () => {
    assert.equal(colors([], {}), false);
    assert.equal(colors(["--no-color"], { FORCE_COLOR: "1" }), false);
    assert.equal(colors([], { FORCE_COLOR: "0" }), false);
  });

  test("are on where they are asked for", () => {
    assert.equal(colors(["--color"], {}), true);
    assert.equal(colors(["--color"], { NO_COLOR: "1" }), true);
    assert.equal(colors([], { FORCE_COLOR: "1" }), true);
  });

  test("are on at a terminal, unless the environment says no", () => {
    const at = (env) => colored({ isTTY: true }, undefined, env);
    assert.deepEqual(
      [at({}), at({ NO_COLOR: "1" }), at({ NO_COLOR: "" }), at({ TERM: "dumb" })],
      [true, false, true, false],
    );
  });

  test("are never in what programs read", () => {
    for (const format of ["json", "csv", "markdown"])
      assert.equal(colors(["--color", "--format", format], {}), false);
  });

  test("nothing of an inventory colours, rings or turns a line around", () => {
    const path = file("hostile.json", hostile);
    for (const args of [
      ["--explain"],
      ["--plan", "--remaining", "1"],
      ["--diff", small],
      ["--tags", "\u001b[31m"],
    ]) {
      for (const format of ["table", "markdown"]) {
        const { stdout, stderr } = run([path, ...args, "--format", format]);
        assert.ok(isPlain(stdout) && isPlain(stderr), args.join(" "));
        assert.doesNotMatch(stdout, /\u202e/);
      }
    }
  });
});
