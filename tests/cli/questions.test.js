/**
 * Replies reconciled, margins, chosen explanations and plans over cycles: as the package answers them, in every format.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { explain, Inventory, margin, plan, reconcile } from "scan-precheck";
import { answer, env, main, root, run, sample, scratch, table } from "./support.js";

const { file } = scratch();
const small = file("small.csv", table);
const old = file("old.csv", "RepoNamespace,RepoName,Tag,Digest\npay,api,1,d1\n");
const inventory = await Inventory.load(readFileSync(sample));
after(() => inventory.free());

const replyOf = (quota, images) => JSON.stringify({ Data: { ScanImageCount: quota, NeedAuthCount: images } });
const same = file("same.json", replyOf(3, 4));
const other = file("other.json", replyOf(4, 4));

describe("--reconcile", () => {
  test("says what the package says", () => {
    for (const [quota, images] of [
      [1, 1],
      [4860, 4860],
      [9999, 9999],
    ]) {
      const reply = file("reply.json", replyOf(quota, images));
      const filter = { tags: "latest" };
      const found = answer([sample, "--tags", "latest", "--reconcile", reply]);
      assert.deepEqual(found.reconciliation, reconcile(inventory, filter, replyOf(quota, images)));
      assert.deepEqual([found.exitCode, found.verdict.equalsReply], [3, false]);
    }
  });

  for (const format of ["table", "json", "csv", "markdown"]) {
    test(`its exit code says whether the numbers are the same, as ${format}`, () => {
      const status = (...args) => run([small, ...args, "--format", format]).status;
      assert.equal(status("--reconcile", same), 0);
      assert.equal(status("--reconcile", other), 3);
      assert.equal(status("--reconcile", same, "--remaining", "2"), 2);
      assert.equal(status("--reconcile", other, "--remaining", "2"), 3);
      assert.equal(status("--reconcile", other, "--remaining", "9"), 3);
    });
  }

  test("the reply comes from standard input, a pipe, and in what a shell writes", () => {
    const equal = (input) => answer([small, "--reconcile", "-"], { input }).reconciliation.equal;
    assert.equal(equal(replyOf(3, 4)), true);
    assert.equal(equal(`\ufeff${replyOf(3, 4)}\r\n`), true);
    assert.equal(equal(Buffer.from(`\ufeff${replyOf(3, 4)}\r\n`, "utf16le")), true);
    assert.equal(equal(Buffer.from(`\ufeff${replyOf(3, 4)}\r\n`, "utf16le").swap16()), true);
    assert.equal(equal('{"images":4,"quota":3}'), true);
    const line = `"$0" "$1" "$2" --reconcile <(cat "$3")`;
    const piped = spawnSync("bash", ["-c", line, process.execPath, main, small, same], {
      encoding: "utf8",
      env,
    });
    assert.deepEqual([piped.status, piped.stderr], [0, ""]);
  });

  test("the inventory comes from standard input where the reply is in a file", () => {
    assert.equal(run(["--reconcile", same], { input: table }).status, 0);
  });

  test("what is told can be tried", () => {
    const scanned = file(
      "scanned.csv",
      "RepoName,Tag,Digest,LastScanTime\na,1,d1,1000\nb,1,d1,2000\nc,1,d2,3000\nd,1,d3,\n",
    );
    const reply = file("tried.json", replyOf(2, 4));
    const given = ["--cycle-start", "1970-01-01T00:00:00.500Z", "--reconcile", reply];
    const { stdout, status } = run([scanned, ...given]);
    assert.equal(status, 3);
    const tried = Array.from(stdout.matchAll(/--(?:count-by|cycle-start) \S+/g), ([option]) =>
      option.split(" "),
    );
    assert.ok(tried.length > 0, stdout);
    for (const [name, value] of tried) {
      const kept = name === "--cycle-start" ? given.slice(2) : given;
      assert.equal(run([scanned, ...kept, name, value]).status, 0, `${name} ${value}`);
    }
  });

  test("CSV has a line for each explanation, and one where there is nothing to explain", () => {
    const lines = (reply) =>
      run([small, "--reconcile", reply, "--format", "csv"]).stdout.trim().split("\r\n");
    assert.deepEqual(lines(same).slice(1), ["true,4,4,3,3,,,,"]);
    const { explanations } = answer([small, "--reconcile", other]).reconciliation;
    assert.equal(lines(other).length, 1 + explanations.length);
    assert.match(lines(other)[1], /^false,4,4,3,4,1,true,"\[\{""kind"":""countBy"",/);
  });

  test("what is no reply is refused by its name", () => {
    const says = (text) => run([small, "--reconcile", file("no-reply.json", text)]);
    for (const [text, message] of [
      ["", /no-reply\.json: the reply is no JSON: /],
      ["[", /no-reply\.json: the reply is no JSON: /],
      ["null", /no-reply\.json: the reply must be a plain object.*but it is null/],
      ["[1]", /no-reply\.json: /],
      ["{}", /no-reply\.json: this is no reply to compare with/],
      [replyOf(3, -4), /no-reply\.json: `NeedAuthCount` must be a whole number/],
      [
        '{"Code":"Throttling"}',
        /no-reply\.json: this is no reply to compare with: it is the error `Throttling`/,
      ],
      [" ".repeat(1_000_001), /no-reply\.json is too long for a reply/],
    ]) {
      const { status, stdout, stderr } = says(text);
      assert.deepEqual([status, stdout], [1, ""], stderr);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    }
  });
});

describe("--margin", () => {
  const dates = ["--earlier-date", "2026-11-01", "--date", "2026-11-08"];

  test("says what the package says", async () => {
    const [before, now] = await Promise.all([old, small].map((path) => Inventory.load(readFileSync(path))));
    const alone = answer([small, "--margin", "--remaining", "9"]);
    assert.deepEqual(alone.margin, margin(now, {}, { remaining: 9 }));
    const found = answer([small, "--margin", "--remaining", "9", "--earlier", old, ...dates]);
    const options = {
      remaining: 9,
      earlier: before,
      earlierDate: Date.UTC(2026, 10, 1),
      date: Date.UTC(2026, 10, 8),
    };
    assert.deepEqual(found.margin, margin(now, {}, options));
    assert.deepEqual(
      found.reports.map(({ side, images }) => [side, images]),
      [
        ["before", 1],
        ["after", 4],
      ],
    );
    before.free();
    now.free();
  });

  test("its exit code says whether what remains suffices", () => {
    const status = (remaining) => run([small, "--margin", "--remaining", remaining]).status;
    assert.deepEqual([status("3"), status("2")], [0, 2]);
  });

  test("is told in a table, in Markdown and in CSV", () => {
    const args = [small, "--margin", "--remaining", "9", "--earlier", old, ...dates];
    for (const format of ["table", "markdown"]) {
      const { stdout } = run([...args, "--format", format]);
      assert.match(stdout, /new digests that still fit[ |]+6/);
      assert.match(stdout, /new since the earlier inventory[ |]+2/);
      assert.match(stdout, /assumed: as many new digests keep coming/);
    }
    assert.match(run([small, "--margin", "--remaining", "1"]).stdout, /digests too many +2\n/);
    const { stdout, stderr } = run([...args, "--format", "csv"]);
    assert.match(
      stdout,
      /^quota,remaining,sufficient,flipsAt,tooMany,newDigests,perDay,runsOut\r\n3,9,true,7,0,2,/,
    );
    assert.match(stdout, /,2026-\d\d-\d\dT[\d:.]+Z\r\n$/);
    assert.match(stderr, /assumed: /);
  });
});

describe("--explain", () => {
  test("tells of the images with a reason, in an order, so many", () => {
    for (const [args, options] of [
      [["--reason", "charged-now"], { reason: "chargedNow" }],
      [["--reason", "sameDigest,unknown-digest"], { reason: ["sameDigest", "unknownDigest"] }],
      [["--reason", "sameDigest", "--reason", "chargedNow"], { reason: ["sameDigest", "chargedNow"] }],
      [["--sort", "Tags"], { sort: "tags" }],
      [["--sort", "repo-names", "--descending"], { sort: "repoNames", descending: true }],
      [["--descending"], { descending: true }],
    ]) {
      const expected = explain(inventory, {}, { ...options, limit: 7 });
      const { explained } = answer([sample, "--explain", ...args, "--limit", "7"]);
      assert.deepEqual(explained.images, expected.images, args.join(" "));
      assert.deepEqual(explained.counts, expected.counts);
      assert.equal(explained.total, expected.total);
    }
  });

  test("a limit beyond a page, and beyond all, is held to", () => {
    for (const limit of [1, 999, 1000, 1001, 2345, 4860, 99_999]) {
      const { explained } = answer([sample, "--explain", "--limit", String(limit)]);
      assert.equal(explained.images.length, Math.min(limit, 4860));
      assert.equal(explained.total, 4860);
    }
  });

  test("a table says that it has not all", () => {
    const found = run([sample, "--explain", "--limit", "2"]).stdout;
    assert.match(found, /\nImages \(the first 2 of 4,860\)\n/);
    assert.doesNotMatch(run([small, "--explain", "--limit", "4"]).stdout, /the first/);
  });
});

describe("--plan", () => {
  test("says what the package says, in the order asked for and over cycles", () => {
    for (const [args, options] of [
      [["--order", "longest-unscanned"], { order: "longestUnscanned" }],
      [["--order", "mostImages", "--batch", "3"], { order: "mostImages", batch: 3 }],
      [["--by", "repo-namespaces", "--per-cycle", "300"], { by: "repoNamespaces", perCycle: 300 }],
      [
        ["--by", "Tags", "--first", "latest, 3", "--first", "1"],
        { by: "tags", first: { tags: "latest, 3,1" } },
      ],
    ]) {
      const found = answer([sample, "--plan", "--remaining", "200", ...args]).plan;
      const expected = plan(inventory, {}, { remaining: 200, ...options, limit: 1000 });
      assert.deepEqual(found, expected, args.join(" "));
    }
  });

  test("its cycles are told in every format", () => {
    const args = [sample, "--plan", "--remaining", "200", "--by", "repo-namespaces", "--per-cycle", "900"];
    const { cycles } = answer(args).plan.schedule;
    for (const format of ["table", "markdown"]) {
      const { stdout } = run([...args, "--format", format]);
      assert.match(stdout, /Cycles\n/);
      assert.match(stdout, /this one/);
      assert.match(stdout, new RegExp(`${cycles.length - 1} later`));
    }
    const lines = run([...args, "--format", "csv"])
      .stdout.trim()
      .split("\r\n");
    assert.equal(lines[0], "cycle,images,quota,valueCount,values");
    assert.equal(lines.length, 1 + cycles.length);
  });
});

test("--count-by counts by another rule, also in a charge model", () => {
  assert.equal(answer([small, "--count-by", "image"]).estimate.quota, 4);
  const { bill, estimate } = answer([small, "--count-by", "image", "--charge-model", "tencent-tcss"]);
  assert.deepEqual([bill.model.countBy, estimate.quota], ["image", 4]);
});

test("--input-format decides where the content does not tell", () => {
  const fixture = `${root}tests/fixtures/quay-tags-page-1.json`;
  assert.equal(answer([fixture, "--input-format", "json"]).reports[0].sources[0].format, "json");
  assert.match(
    run([fixture, "--input-format", "csv"]).stderr,
    /^scan-precheck: .*quay-tags-page-1\.json:1:1: /,
  );
});
