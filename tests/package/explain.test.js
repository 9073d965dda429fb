/**
 * Explanations, differences and margins through the package: what the module answers comes out as plain objects, and what
 * cannot be asked is an error of ours.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { diff, estimate, explain, Inventory, margin } from "scan-precheck";
import { assertError, thrownBy } from "./support.js";

const DAY = 86_400_000;
const csv = (rows) => `RepoName,Tag,Digest,LastScanTime,scannable\n${rows.join("\n")}\n`;
const before = await Inventory.load(
  csv(["a,1,d1,,", "a,2,d1,,", "b,1,d2,5000,", "b,2,d2,,", "c,1,,,", "c,2,d3,,false"]),
  {
    cycleStart: 5000,
  },
);
const later = await Inventory.load(
  csv(["a,1,d1,,", "a,3,d1,,", "b,1,d4,,", "c,1,,,", "d,1,d5,,", "d,2,d6,,"]),
  {
    cycleStart: 9000,
  },
);
after(() => {
  before.free();
  later.free();
});

test("an explanation is an object whose parts sum up to the estimate", () => {
  const { counts, total, images, complete } = explain(before, undefined, { sort: "tags" });
  const { quota, free, notScannable } = estimate(before);
  assert.deepEqual(counts, {
    chargedNow: 1,
    sameDigest: 1,
    alreadyCharged: 2,
    unknownDigest: 1,
    notScannable: 1,
  });
  assert.equal(counts.chargedNow + counts.unknownDigest, quota);
  assert.deepEqual([counts.sameDigest, counts.alreadyCharged], [free.duplicates, free.charged]);
  assert.deepEqual([counts.notScannable, total, complete], [notScannable, 6, true]);
  const told = (name, tag) => images.find(({ image }) => image.repoName === name && image.tag === tag);
  const first = told("a", "1");
  assert.deepEqual(first, {
    row: first.row,
    image: { repoName: "a", digest: "d1", tag: "1" },
    verdict: "consumes",
    reason: "chargedNow",
    sameAs: null,
    charged: null,
  });
  assert.deepEqual(told("a", "2").sameAs, { row: first.row, image: first.image });
  assert.deepEqual(told("b", "2").charged, {
    lastScanTime: 5000,
    said: false,
    by: { row: told("b", "1").row, image: told("b", "1").image },
  });
  assert.equal(told("c", "2").verdict, "notCovered");
});

test("pages are parts of the whole", () => {
  const whole = explain(before, {}, { sort: "repoNames", descending: true }).images;
  const pages = [0, 2, 4].map((offset) =>
    explain(before, {}, { sort: "repoNames", descending: true, offset, limit: 2 }),
  );
  assert.deepEqual(
    pages.flatMap(({ images }) => images),
    whole,
  );
  assert.deepEqual(explain(before, { tags: "nowhere" }).images, []);
});

test("a difference is an object whose classes sum up to both estimates, and mirrors", () => {
  const found = diff(before, later);
  const classes = ["unchanged", "newlyCharged", "noLongerCharged", "retagged", "rebuilt", "added", "removed"];
  for (const side of ["before", "after"]) {
    const { images, quota } = estimate(side === "before" ? before : later);
    assert.deepEqual(found[side], { images, quota });
    const sum = (part) => classes.reduce((sum, name) => sum + found[name][part][side], 0);
    assert.deepEqual([sum("images"), sum("quota")], [images, quota]);
  }
  assert.deepEqual(found.rebuilt.examples, [
    {
      side: "after",
      image: { repoName: "b", digest: "d4", tag: "1" },
      other: { repoName: "b", digest: "d2", tag: "1" },
    },
    {
      side: "before",
      image: { repoName: "b", digest: "d2", tag: "1" },
      other: { repoName: "b", digest: "d4", tag: "1" },
    },
  ]);
  const { retagged, added, newDigests, goneDigests } = diff(later, before);
  assert.deepEqual(retagged.images, {
    before: found.retagged.images.after,
    after: found.retagged.images.before,
  });
  assert.deepEqual(added.quota.after, found.removed.quota.before);
  assert.deepEqual([newDigests, goneDigests], [found.goneDigests, found.newDigests]);
  assert.equal(diff(later, later).unchanged.images.after, 6, "one inventory may be given twice");
});

test("a margin takes dates as such, and an earlier inventory among its options", () => {
  assert.deepEqual(margin(later, {}, { remaining: 7 }), {
    quota: 5,
    remaining: 7,
    sufficient: true,
    flipsAt: 3,
    tooMany: 0,
    newDigests: null,
  });
  const options = { remaining: 7, earlier: before, earlierDate: new Date(0), date: 3 * DAY };
  const { newDigests } = margin(later, {}, options);
  assert.match(newDigests.assumption, /^as many new digests keep coming/);
  assert.deepEqual(
    { ...newDigests, assumption: "" },
    { count: 3, perDay: 1, runsOut: 6 * DAY, assumption: "" },
  );
});

test("what cannot be asked is refused with its field", async () => {
  const gone = await Inventory.load(csv(["a,1,d1,,"]));
  gone.free();
  const byTag = await Inventory.load(csv(["a,1,d1,,"]), { chargeModel: { countBy: "repositoryTag" } });
  after(() => byTag.free());
  const cases = [
    [() => explain(before, {}, { reason: "sameDigests" }), "invalid-value", /did you mean `sameDigest`/],
    [() => explain(before, {}, { sort: "size" }), "invalid-value", /`sort` is `size`/],
    [() => explain(before, {}, { offset: -1 }), "invalid-value", /`offset`/],
    [() => explain(before, {}, { limit: 1001 }), "invalid-value", /`limit`.*1000/],
    [() => explain({}, {}), "wrong-type", /first argument/],
    [() => diff(before, {}), "wrong-type", /second argument/],
    [() => diff(before, gone), "disposed", /disposed/],
    [() => diff(before, byTag), "invalid-value", /count by `digest` and by `repositoryTag`/],
    [() => diff(before, later, {}, { class: "new" }), "invalid-value", /`class` is `new`/],
    [() => margin(before, {}), "invalid-value", /`remaining` is missing/],
    [() => margin(before, {}, { remaining: -1 }), "invalid-value", /`remaining`/],
    [() => margin(before, {}, { remaining: 1, date: 5 }), "invalid-value", /without an earlier inventory/],
    [() => margin(before, {}, { remaining: 1, earlier: {} }), "wrong-type", /`earlier` must be an Inventory/],
    [() => margin(before, {}, { remaining: 1, earlier: later, date: 5 }), "invalid-value", /`earlierDate`/],
    [
      () => margin(before, {}, { remaining: 1, earlier: later, earlierDate: 5, date: 5 }),
      "invalid-value",
      /before `date`/,
    ],
    [
      () =>
        margin(
          before,
          {},
          {
            get earlier() {
              throw new Error("no");
            },
          },
        ),
      "unreadable",
      /no/,
    ],
  ];
  for (const [ask, code, message] of cases) {
    assertError(thrownBy(ask), { code, message });
  }
});
