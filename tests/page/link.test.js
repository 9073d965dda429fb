/** The link: what it says, what it is read as, and that the page asks what it says. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runnerImport } from "vite";
import {
  addFilter,
  cycleInput,
  engine,
  openSample,
  remainingInput,
  sampleInventory,
  showsEstimate,
  verdict,
} from "./actions.js";
import { eventually, inRoot, servePage } from "./support.js";

const { module } = await runnerImport(inRoot("www/src/link/codec.ts"), {
  configFile: false,
  logLevel: "error",
});
const { fromFragment, toFragment, NOTHING } = module;
const { visit } = servePage();

const FIELDS = [
  "registryTypes",
  "regionIds",
  "instanceIds",
  "repoNamespaces",
  "repoNames",
  "repoIds",
  "tags",
  "digests",
];

describe("the text of a link", () => {
  test("reads as it is meant", () => {
    const linked = {
      filter: { repoNamespaces: ["payments"], tags: ["latest", "1.0"] },
      remaining: 900,
      cycleStart: new Date(2026, 10, 1).getTime(),
      tab: "images",
    };
    const text = "repoNamespaces=payments&tags=latest,1.0&remaining=900&cycleStart=2026-11-01&tab=images";
    assert.equal(toFragment(linked), text);
    assert.deepEqual(fromFragment(`#${text}`), { linked, dropped: [] });
    assert.equal(toFragment(NOTHING), "");
    assert.deepEqual(fromFragment(""), { linked: NOTHING, dropped: [] });
  });

  test("comes back as it was, whatever the values are", () => {
    const pieces = [
      "a",
      "B",
      "=",
      "&",
      "#",
      "%",
      "%41",
      "+",
      " ",
      "/",
      ":",
      "?",
      "\u00e9",
      "\u540d",
      "\ud83d\ude00",
      "'",
      '"',
      "<b>",
    ];
    let seed = 1;
    const next = (n) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % n;
    };
    for (let round = 0; round < 2_000; round += 1) {
      const filter = {};
      for (const field of FIELDS) {
        if (next(3) > 0) continue;
        const values = Array.from({ length: 1 + next(4) }, () =>
          Array.from({ length: 1 + next(6) }, () => pieces[next(pieces.length)])
            .join("")
            .trim(),
        );
        const distinct = [...new Set(values)].filter((value) => value !== "");
        if (distinct.length > 0) filter[field] = distinct;
      }
      const linked = { ...NOTHING, filter, remaining: next(2) ? next(1_000_000) : undefined };
      assert.deepEqual(fromFragment(toFragment(linked)), { linked, dropped: [] });
    }
  });

  /** Fragment and what of it is dropped; nothing else of it may have an effect. */
  const hostile = [
    ...["tags", "tags=", "tags=,,", "=", "&&&", "#", "tags= , "].map((text) => [
      text,
      text === "=" ? [""] : [],
    ]),
    ...["tags=%", "tags=%zz", "tags=%ff", "tags=a,%e0%a4", "tags=%c3%28", "tags=%ed%a0%80"].map((text) => [
      text,
      ["tags"],
    ]),
    ...[
      "-1",
      "1.5",
      "1e3",
      "NaN",
      "Infinity",
      "0x10",
      "9999999999999999",
      "",
      "1 ",
      "\u0661",
      "%31",
      "1,2",
    ].map((value) => [`remaining=${value}`, ["remaining"]]),
    ...[
      "2026-02-30",
      "2026-13-01",
      "1969-12-31",
      "26-1-1",
      "2026-1-1",
      "now",
      "0",
      "2026-11-01T00:00",
      "",
    ].map((value) => [`cycleStart=${value}`, ["cycleStart"]]),
    ...["<script>", "../x", "A", "a".repeat(21), "a b", ""].map((value) => [`tab=${value}`, ["tab"]]),
    ...[
      "__proto__",
      "constructor",
      "toString",
      "hasOwnProperty",
      "Tags",
      "TAGS",
      "tag",
      "RegistryTypes",
      "file",
      "inventory",
    ].map((name) => [`${name}=x`, [name]]),
    ["remaining=1&remaining=2", ["remaining"], { remaining: 1 }],
    ["tags=a&tags=b", ["tags"], { filter: { tags: ["a"] } }],
    ["javascript:alert(1)", ["javascript:alert(1)"]],
    ["<img src=x onerror=alert(1)>", ["<img src"]],
    [`${"x".repeat(60)}=1`, ["x".repeat(40)]],
    [`tags=${"a".repeat(100_001)}`, [`tags=${"a".repeat(35)}\u2026`]],
    ["tags=a%2Cb", [], { filter: { tags: ["a", "b"] } }],
    ["tags=a+b", [], { filter: { tags: ["a b"] } }],
    ["tags=a=b", [], { filter: { tags: ["a=b"] } }],
    ["tags=a,a,,a", [], { filter: { tags: ["a"] } }],
  ];

  test(`${hostile.length} hostile ones are read in part, and say what was left out`, () => {
    assert.ok(hostile.length >= 60);
    for (const [text, dropped, linked = {}] of hostile) {
      assert.deepEqual(fromFragment(text), { linked: { ...NOTHING, ...linked }, dropped }, text);
    }
    assert.equal({}.x, undefined);
  });
});

/** Opens the page under a link. */
const open = (t, fragment) =>
  visit(t, {}, async (page) => {
    const goto = page.goto.bind(page);
    page.goto = (url) => goto(`${url}#${fragment}`);
  });

test("a link is asked of the inventory that is opened", async (t) => {
  const { page } = await open(t, "registryTypes=acr&tags=latest&remaining=900&cycleStart=2026-11-01");
  await openSample(page);
  const cycleStart = new Date("2026-11-01T00:00:00+08:00").getTime();
  const inventory = await sampleInventory({ cycleStart });
  await showsEstimate(page, engine.estimate(inventory, { registryTypes: "acr", tags: "latest" }));
  assert.equal(await remainingInput(page).inputValue(), "900");
  assert.equal(await cycleInput(page).inputValue(), "2026/11/01");
});

test("what cannot be read of a link is said, and what can is asked", async (t) => {
  const { page } = await open(t, "tags=latest&remaining=many&owner=me");
  await page.getByText("2 parts of the link could not be read and were left out").waitFor();
  await page.getByText("remaining, owner", { exact: true }).waitFor();
  await openSample(page);
  await showsEstimate(page, engine.estimate(await sampleInventory(), { tags: "latest" }));
});

test("the address says what is asked, and going back asks it again", async (t) => {
  const { page } = await visit(t, {});
  await openSample(page);
  const inventory = await sampleInventory();
  const hash = () => page.evaluate(() => location.hash);
  await addFilter(page, "Tag = latest");
  await eventually(hash, "#tags=latest");
  await addFilter(page, "Region = cn-hangzhou");
  await eventually(hash, "#regionIds=cn-hangzhou&tags=latest");
  await remainingInput(page).fill("10");
  await eventually(hash, "#regionIds=cn-hangzhou&tags=latest&remaining=10");
  await page.goBack();
  await eventually(hash, "#tags=latest");
  await showsEstimate(page, engine.estimate(inventory, { tags: "latest" }));
  await page.goBack();
  await showsEstimate(page, engine.estimate(inventory));
  await page.goForward();
  await showsEstimate(page, engine.estimate(inventory, { tags: "latest" }));
  assert.equal(await page.evaluate(() => document.title), "Image scan precheck");
});

test("the link is copied, and another visitor sees the same question", async (t) => {
  const { page, context, url } = await visit(t, { permissions: ["clipboard-read", "clipboard-write"] });
  await openSample(page);
  await addFilter(page, "Namespace = payments");
  await remainingInput(page).fill("5");
  await eventually(async () => /Short by/.test(await verdict(page)), true);
  await page.getByRole("button", { name: "Copy link" }).press("Enter");
  await page.getByText(/^Copied\. The link holds/).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, `${url}#repoNamespaces=payments&remaining=5`);
  const other = await context.newPage();
  await other.goto(copied);
  await openSample(other);
  await eventually(async () => /Short by/.test(await verdict(other)), true);
});

test("a filter too long for a link is not cut: the address says nothing, and so does the button", async (t) => {
  const { page } = await visit(t, {});
  await openSample(page);
  const values = Array.from({ length: 2_000 }, (_, at) => `tag-${at}`).join(",");
  await page.getByRole("combobox").first().fill(`Tag = latest,${values}`);
  await page.keyboard.press("Enter");
  await showsEstimate(page, engine.estimate(await sampleInventory(), { tags: "latest" }));
  await eventually(() => page.getByRole("button", { name: "Copy link" }).isDisabled(), true);
  assert.equal(await page.evaluate(() => location.hash), "");
});
