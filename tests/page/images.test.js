/** The images one by one, with what each consumes and why: the package's own explanations, page by page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { explain } from "scan-precheck";
import { nameOf } from "../../npm/explained-rows.js";
import {
  addFilter,
  cycleInput,
  drop,
  grouped,
  openSample,
  sampleInventory,
  showsEstimate,
} from "./actions.js";
import { findings } from "./axe.js";
import { eventually, servePage } from "./support.js";
import { cells, choose, imageNames, images, open, openTab, range, showsRange } from "./why.js";

const { visit } = servePage();

const COVERED = ["chargedNow", "sameDigest", "alreadyCharged", "unknownDigest"];
const CYCLE = "2026/11/20";
const cycleStart = new Date("2026-11-20T00:00:00+08:00");

const named = (explained) => explained.images.map(({ image }) => nameOf(image));

async function openImages(page) {
  await openSample(page);
  await openTab(page, "Images");
  await images(page).waitFor();
}

const goToPage = (page, number) => page.getByRole("button", { name: `Page ${number} of all pages` }).click();

async function jumpTo(page, number) {
  await page.getByRole("spinbutton", { name: "Page" }).fill(String(number));
  await page.getByRole("button", { name: "Jump to page" }).click();
}

test("pages of images are those of the package, and so are the counts beside each reason", async (t) => {
  const { page } = await visit(t);
  await openImages(page);
  await cycleInput(page).fill(CYCLE);
  await page.getByRole("button", { name: "Set the cycle start" }).waitFor({ state: "detached" });
  const inventory = await sampleInventory({ cycleStart });
  const { counts, total } = explain(inventory, {}, { reason: COVERED, limit: 1 });
  await showsRange(page, `Images 1 to 50 of ${grouped(total)}`);
  const selections = {
    "All covered": COVERED,
    "Consume quota": ["chargedNow", "unknownDigest"],
    "Share a digest": ["sameDigest"],
    "Already charged": ["alreadyCharged"],
    "Without a digest": ["unknownDigest"],
    "Cannot be scanned": ["notScannable"],
  };
  for (const [name, reason] of Object.entries(selections)) {
    const count = reason.reduce((sum, one) => sum + counts[one], 0);
    await eventually(
      () =>
        open(page, "Images")
          .getByText(`${name} (${grouped(count)})`, { exact: true })
          .first()
          .isVisible(),
      true,
    );
    await choose(page, name);
    const shown = Math.min(50, count);
    await showsRange(page, `Images ${Math.min(1, count)} to ${shown} of ${grouped(count)}`);
    if (count === 0) continue;
    await eventually(() => imageNames(page), named(explain(inventory, {}, { reason, limit: 50 })));
    if (count > 100) {
      await goToPage(page, 3);
      await eventually(
        () => imageNames(page),
        named(explain(inventory, {}, { reason, offset: 100, limit: 50 })),
      );
    }
  }
});

test("each row says where the image is, what it consumes and why", async (t) => {
  const { page } = await visit(t);
  const [a, b, c] = ["a", "b", "c"].map((letter) => letter.repeat(64));
  const scanned = Date.parse("2026-11-25T04:30:00Z");
  const csv = [
    "RegistryType,RegionId,InstanceId,RepoNamespace,RepoName,Tag,Digest,LastScanTime,charged,scannable",
    `acr,cn-hangzhou,cri-1,pay,api,1.0,${a},,,`,
    `harbor,cn-beijing,cri-2,pay,api,latest,${a},,,`,
    `acr,cn-hangzhou,cri-1,pay,web,1.0,${b},${scanned},,`,
    `acr,cn-hangzhou,cri-1,risk,web,1.0,${b},,,`,
    `acr,cn-hangzhou,cri-1,risk,job,2.1,${c},,true,`,
    "acr,cn-hangzhou,cri-1,risk,job,2.2,,,,",
    `acr,cn-hangzhou,cri-1,infra,proxy,1,${"d".repeat(64)},,,false`,
  ].join("\n");
  await drop(page, { name: "small.csv", text: csv });
  await openTab(page, "Images");
  await cycleInput(page).fill(CYCLE);
  const rows = async () =>
    (await cells(images(page)))
      .map(([, name, type, region, instance, digest, verdict, reason]) =>
        [name, type, region, instance, digest, verdict, reason].map((text) => text.replace(/\s+/g, " ")),
      )
      .sort();
  await eventually(rows, [
    ["pay/api:1.0", "acr", "cn-hangzhou", "cri-1", "aaaaaaaaaaaa…", "1 quota", "Counted for its digest"],
    [
      "pay/api:latest",
      "harbor",
      "cn-beijing",
      "cri-2",
      "aaaaaaaaaaaa…",
      "Nothing",
      "Same digest as pay/api:1.0",
    ],
    [
      "pay/web:1.0",
      "acr",
      "cn-hangzhou",
      "cri-1",
      "bbbbbbbbbbbb…",
      "Nothing",
      "Already charged: scanned on Nov 25, 2026, 12:30 PM",
    ],
    [
      "risk/job:2.1",
      "acr",
      "cn-hangzhou",
      "cri-1",
      "cccccccccccc…",
      "Nothing",
      "Already charged, says the inventory",
    ],
    [
      "risk/job:2.2",
      "acr",
      "cn-hangzhou",
      "cri-1",
      "–No value",
      "1 quota",
      "No digest, so counted by itself",
    ],
    [
      "risk/web:1.0",
      "acr",
      "cn-hangzhou",
      "cri-1",
      "bbbbbbbbbbbb…",
      "Nothing",
      "Already charged: scanned on Nov 25, 2026, 12:30 PM as pay/web:1.0",
    ],
  ]);
  await choose(page, "Cannot be scanned");
  await eventually(rows, [
    ["infra/proxy:1", "acr", "cn-hangzhou", "cri-1", "dddddddddddd…", "Not covered", "Cannot be scanned"],
  ]);
});

test("the filter's images are listed, in the order of a column, there and back", async (t) => {
  const { page } = await visit(t);
  await openImages(page);
  const inventory = await sampleInventory();
  await addFilter(page, "Registry type = acr");
  const filter = { registryTypes: "acr" };
  const asked = { reason: COVERED, limit: 50 };
  for (const [header, sort] of [
    ["Image", "repoNames"],
    ["Region", "regionIds"],
    ["Digest", "digests"],
    ["No.", undefined],
  ]) {
    const button = images(page).getByRole("columnheader", { name: header, exact: true }).getByRole("button");
    await button.click();
    await eventually(() => imageNames(page), named(explain(inventory, filter, { ...asked, sort })));
    await button.press("Enter");
    await eventually(
      () => imageNames(page),
      named(explain(inventory, filter, { ...asked, sort, descending: true })),
    );
  }
});

test("a page is reached by its number, and screen readers are told where it is", async (t) => {
  const { page } = await visit(t);
  await openImages(page);
  const inventory = await sampleInventory();
  const { total } = explain(inventory, {}, { reason: COVERED, limit: 1 });
  const last = Math.ceil(total / 50);
  await jumpTo(page, last - 1);
  const offset = 50 * (last - 2);
  await showsRange(page, `Images ${grouped(offset + 1)} to ${grouped(offset + 50)} of ${grouped(total)}`);
  await eventually(
    () => imageNames(page),
    named(explain(inventory, {}, { reason: COVERED, offset, limit: 50 })),
  );
  assert.equal(await images(page).getAttribute("aria-rowcount"), String(total + 1));
  const row = images(page).locator("tbody tr").first();
  assert.equal(await row.getAttribute("aria-rowindex"), String(offset + 2));
  await eventually(
    async () =>
      (await page.locator("[aria-live=polite]").allTextContents()).includes(
        `Images ${grouped(offset + 1)} to ${grouped(offset + 50)} of ${grouped(total)}`,
      ),
    true,
  );
  // Another filter begins at the first page.
  await addFilter(page, "Tag = latest");
  const { total: latest } = explain(inventory, { tags: "latest" }, { reason: COVERED, limit: 1 });
  await showsRange(page, `Images 1 to ${Math.min(50, latest)} of ${grouped(latest)}`);
});

test("an image leads to the one that it shares its digest with, on whatever page that is", async (t) => {
  const { page } = await visit(t);
  await openImages(page);
  const inventory = await sampleInventory();
  const shared = explain(inventory, {}, { reason: "sameDigest", limit: 1_000 });
  const all = explain(inventory, {}, { reason: COVERED, limit: 1_000 });
  // One that is more than a page away.
  const at = shared.images.findIndex(({ sameAs }) => sameAs.row > 100);
  const { sameAs } = shared.images[at];
  const place = all.images.findIndex(({ row }) => row === sameAs.row);
  assert.ok(place > 50);
  await choose(page, "Share a digest");
  await showsRange(page, `Images 1 to 50 of ${grouped(shared.total)}`);
  const pageOfIt = Math.floor(at / 50) + 1;
  if (pageOfIt > 1) {
    await jumpTo(page, pageOfIt);
    await eventually(
      () => imageNames(page),
      named({ images: shared.images.slice(50 * (pageOfIt - 1), 50 * pageOfIt) }),
    );
  }
  const row = images(page)
    .locator("tbody tr")
    .nth(at % 50);
  await row.getByRole("button", { name: nameOf(sameAs.image), exact: true }).press("Enter");
  const first = 50 * Math.floor(place / 50);
  await eventually(() => imageNames(page), named({ images: all.images.slice(first, first + 50) }));
  await eventually(() => page.evaluate(() => document.activeElement?.textContent), nameOf(sameAs.image));
});

test("an image that the filter does not cover is named, and the list stays", async (t) => {
  const { page } = await visit(t);
  const digest = "b".repeat(64);
  const csv = `RepoName,Tag,Digest,charged\nweb,1.0,${digest},true\nweb,latest,${digest},\n`;
  await drop(page, { name: "two.csv", text: csv });
  await openTab(page, "Images");
  await addFilter(page, "Tag = latest");
  await showsEstimate(page, { images: 1, quota: 0 });
  await images(page).getByRole("button", { name: "web:1.0" }).press("Enter");
  await page.getByText("is not covered by the filter, so it is not in this list.").waitFor();
  await eventually(() => imageNames(page), ["web:latest"]);
  await open(page, "Images").getByRole("button", { name: "Dismiss" }).press("Enter");
  await eventually(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Images");
});

test("how many images are on a page and which columns there are is chosen and kept", async (t) => {
  const { page, url } = await visit(t, {});
  await openImages(page);
  await page.getByRole("button", { name: "Preferences" }).press("Enter");
  await page.getByRole("radio", { name: "100 images" }).check();
  await page
    .getByRole("switch", { name: "Tag" })
    .or(page.getByRole("checkbox", { name: "Tag" }))
    .check();
  await page.getByRole("button", { name: "Confirm" }).press("Enter");
  const layout = async () => [
    await range(page),
    await images(page).getByRole("columnheader", { name: "Tag", exact: true }).count(),
  ];
  const { total } = explain(await sampleInventory(), {}, { reason: COVERED, limit: 1 });
  const expected = [`Images 1 to 100 of ${grouped(total)}`, 1];
  await eventually(layout, expected);
  await page.goto(url);
  await page.locator("main h2").first().waitFor();
  await openImages(page);
  await eventually(layout, expected);
});

test("what was stored by whomever does not keep the images from being shown", async (t) => {
  const { page } = await visit(t, {}, (fresh) =>
    fresh.addInitScript(() =>
      localStorage.setItem(
        "scan-precheck.images",
        '{"pageSize":7,"contentDisplay":[{"id":"x"},3,{"id":"image"}]}',
      ),
    ),
  );
  await openImages(page);
  await eventually(async () => (await range(page))?.startsWith("Images 1 to 50 of"), true);
  assert.ok((await imageNames(page)).length > 0);
});

test("by keyboard alone: a reason, a page, a cell and the digest in it", async (t) => {
  const { page } = await visit(t, { permissions: ["clipboard-read", "clipboard-write"] });
  await openImages(page);
  const inventory = await sampleInventory();
  const reach = async (matches, key = "Tab") => {
    for (let step = 0; step < 40; step += 1) {
      const at = await page.evaluate(() => {
        // Of the panel that a tab opens, which takes the focus too, the text is all that stands in it.
        const element = document.activeElement?.closest("button, a, [role=button]");
        return element?.getAttribute("aria-label") || element?.textContent.trim() || "";
      });
      if (matches.test(at)) return;
      await page.keyboard.press(key);
    }
    throw new Error(`${key} does not reach ${matches}`);
  };
  await page.getByRole("tab", { name: "Images" }).focus();
  await reach(/^All covered/);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const { total } = explain(inventory, {}, { reason: ["chargedNow", "unknownDigest"], limit: 1 });
  await showsRange(page, `Images 1 to 50 of ${grouped(total)}`);
  await reach(/^Next page$/);
  await page.keyboard.press("Enter");
  await showsRange(page, `Images 51 to 100 of ${grouped(total)}`);
  await reach(/^No\./);
  await page.keyboard.press("ArrowDown");
  await reach(/^Copy the digest /, "ArrowRight");
  await page.keyboard.press("Enter");
  const copied = explain(inventory, {}, { reason: ["chargedNow", "unknownDigest"], offset: 50, limit: 1 });
  await eventually(() => page.evaluate(() => navigator.clipboard.readText()), copied.images[0].image.digest);
});

test("hostile texts stay text", async (t) => {
  const { page, seen } = await visit(t);
  const hostile = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\u202egpj.exe"];
  const rows = hostile.map((text) => `"${text}","${text}","${text}","${text}","${text}",${"a".repeat(64)}`);
  const header = "RegistryType,RegionId,RepoNamespace,RepoName,Tag,Digest";
  await drop(page, { name: "hostile.csv", text: `${header}\n${rows.join("\n")}\n` });
  await openTab(page, "Images");
  await eventually(
    async () => (await imageNames(page)).sort(),
    hostile.map((text) => `${text}/${text}:${text}`).sort(),
  );
  assert.equal(await images(page).locator("img, script").count(), 0);
  assert.deepEqual(seen.violations, []);
  assert.deepEqual(seen.errors, []);
});

for (const locale of ["en-US", "zh-CN"]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing: ${locale}, ${colorScheme}`, async (t) => {
      const { page } = await visit(t, { locale, colorScheme, bypassCSP: true });
      const english = locale === "en-US";
      await page.locator(".welcome-actions button").first().click();
      await openTab(page, english ? "Images" : "镜像明细");
      await images(page).locator("tbody tr").nth(10).waitFor();
      assert.deepEqual(await findings(page), [], "all images");
      await choose(page, english ? "Share a digest" : "摘要相同");
      await images(page)
        .getByText(english ? "Same digest as" : "摘要相同")
        .first()
        .waitFor();
      assert.deepEqual(await findings(page), [], "images that share a digest");
      await page.getByRole("button", { name: english ? "Preferences" : "首选项" }).click();
      await page.getByRole("dialog").waitFor();
      assert.deepEqual(await findings(page), [], "the preferences");
    });
  }
}
