/**
 * The sample inventory is what its script writes, and holds what makes a real inventory difficult.
 * Everything is counted here by plain loops over the file.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { samplePath, sampleText } from "../../scripts/sample.mjs";

const text = readFileSync(samplePath, "utf8");
const pages = JSON.parse(text);
const rows = pages.flatMap((page) => page.ImageInstanceList);

const november = Date.UTC(2026, 10, 1);
const december = Date.UTC(2026, 11, 1);

/** How many rows there are for each answer of `key`. */
function countsBy(key) {
  const counts = new Map();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return counts;
}

/** The rows of each digest. */
const byDigest = new Map();
for (const row of rows) {
  if (!row.Digest) continue;
  if (!byDigest.has(row.Digest)) byDigest.set(row.Digest, []);
  byDigest.get(row.Digest).push(row);
}

test("the file is what the script writes, byte for byte", () => {
  assert.equal(text.length, sampleText().length);
  assert.ok(text === sampleText(), "run `npm run sample` and commit the file");
});

test("the script writes the same in another time zone and language", () => {
  const script = fileURLToPath(new URL("../../scripts/sample.mjs", import.meta.url));
  const env = { ...process.env, TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" };
  const { status, stdout } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8", env });
  assert.equal(status, 0, stdout);
});

test("the file stays small enough to be fetched at a click", () => {
  assert.ok(text.length < 3_000_000, `${text.length} bytes`);
});

test("pages follow each other and their sums agree", () => {
  assert.ok(pages.length > 1);
  pages.forEach((page, index) => {
    assert.deepEqual(Object.keys(page).sort(), ["ImageInstanceList", "PageInfo", "RequestId"]);
    assert.deepEqual(page.PageInfo, {
      Count: page.ImageInstanceList.length,
      CurrentPage: index + 1,
      PageSize: 1_000,
      TotalCount: rows.length,
    });
    assert.match(page.RequestId, /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    const full = index < pages.length - 1;
    assert.ok(full ? page.ImageInstanceList.length === 1_000 : page.ImageInstanceList.length > 0);
  });
  assert.equal(new Set(pages.map((page) => page.RequestId)).size, pages.length);
});

test("there are about 5,000 rows, in about 20 namespaces and 200 repositories", () => {
  assert.ok(rows.length >= 4_500 && rows.length <= 5_500, `${rows.length} rows`);
  const namespaces = countsBy((row) => row.RepoNamespace);
  assert.ok(namespaces.size >= 18 && namespaces.size <= 25, `${namespaces.size} namespaces`);
  const repositories = countsBy((row) => `${row.RepoNamespace}/${row.RepoName}`);
  assert.ok(repositories.size >= 180 && repositories.size <= 230, `${repositories.size} repositories`);
});

test("a few repositories hold many of the rows, and many hold a few", () => {
  const sizes = [...countsBy((row) => `${row.RepoNamespace}/${row.RepoName}`).values()].sort((a, b) => b - a);
  const top = sizes.slice(0, 20).reduce((sum, size) => sum + size, 0);
  assert.ok(top > rows.length / 3, `the first 20 hold ${top}`);
  assert.ok(sizes[Math.floor(sizes.length / 2)] < 20);
});

test("every kind of registry is there, and an Enterprise Edition in two regions", () => {
  const types = countsBy((row) => row.RegistryType);
  assert.deepEqual([...types.keys()].sort(), ["CI/CD", "acr", "harbor", "quay"]);
  assert.ok(types.get("acr") > types.get("harbor"));
  assert.ok(types.get("harbor") > types.get("CI/CD") && types.get("quay") > types.get("CI/CD"));
  const instances = new Map(
    rows.filter((row) => row.RegistryType === "acr").map((row) => [row.InstanceId, row.RegionId]),
  );
  assert.equal(instances.size, 2);
  assert.equal(new Set(instances.values()).size, 2);
  for (const id of instances.keys()) assert.match(id, /^cri-[0-9a-z]{16}$/);
  assert.ok(countsBy((row) => row.RegionId).size >= 4);
});

test("no row repeats another", () => {
  const fields = [
    "RegistryType",
    "RegionId",
    "InstanceId",
    "RepoNamespace",
    "RepoId",
    "RepoName",
    "Digest",
    "Tag",
  ];
  assert.equal(
    new Set(rows.map((row) => JSON.stringify(fields.map((field) => row[field])))).size,
    rows.length,
  );
  assert.equal(new Set(rows.map((row) => row.Uuid)).size, rows.length);
});

test("digests are bare hex, and several tags share one", () => {
  for (const digest of byDigest.keys()) assert.match(digest, /^[0-9a-f]{64}$/);
  let shared = 0;
  for (const list of byDigest.values()) {
    const places = new Map();
    for (const { RepoId, Tag } of list) places.set(RepoId, (places.get(RepoId) ?? new Set()).add(Tag));
    if ([...places.values()].some((tags) => tags.size > 1)) shared += 1;
  }
  assert.ok(shared >= 200, `${shared} digests with several tags`);
});

test("some digests are in acr, harbor and quay alike", () => {
  let mirrored = 0;
  for (const list of byDigest.values()) {
    const types = new Set(list.map((row) => row.RegistryType));
    if (types.has("acr") && types.has("harbor") && types.has("quay")) mirrored += 1;
  }
  assert.ok(mirrored >= 50, `${mirrored} digests`);
});

test("some digests are charged by a row that another registry's filter does not match", () => {
  const charged = (row) => row.LastScanTime >= november;
  const elsewhere = [...byDigest.values()].filter((list) => {
    const harbor = list.filter((row) => row.RegistryType === "harbor");
    return harbor.length > 0 && !harbor.some(charged) && list.some(charged);
  });
  assert.ok(elsewhere.length >= 10, `${elsewhere.length} digests`);
});

test("scans lie in November 2026, before it, or nowhere", () => {
  let inside = 0;
  let before = 0;
  let never = 0;
  for (const { LastScanTime } of rows) {
    if (LastScanTime === undefined) never += 1;
    else if (LastScanTime < november) before += 1;
    else inside += 1;
    assert.ok(LastScanTime === undefined || LastScanTime < december);
  }
  for (const count of [inside, before, never])
    assert.ok(count > rows.length / 10, `${inside}, ${before}, ${never}`);
});

test("no scan is so near a month's end that the time zone decides", () => {
  for (const { LastScanTime } of rows) assert.ok(!(Math.abs(LastScanTime - november) < 86_400_000));
});

test("a few rows have no digest: left out in some, empty in others", () => {
  const missing = rows.filter((row) => !("Digest" in row)).length;
  const empty = rows.filter((row) => row.Digest === "").length;
  assert.ok(missing >= 5 && missing <= 50, `${missing} left out`);
  assert.ok(empty >= 5 && empty <= 50, `${empty} empty`);
});

test("namespaces that do not exist are written N/A, in more than one registry", () => {
  const types = new Set(rows.filter((row) => row.RepoNamespace === "N/A").map((row) => row.RegistryType));
  assert.deepEqual([...types].sort(), ["CI/CD", "quay"]);
});

test("tags come as versions, commits, days and names", () => {
  const kinds = {
    version: /^\d+\.\d+\.\d+$/,
    commit: /^[0-9a-f]{7,12}$/,
    day: /^2026\d{4}(\.\d)?$/,
    latest: /^latest$/,
  };
  for (const [kind, pattern] of Object.entries(kinds)) {
    const count = rows.filter((row) => pattern.test(row.Tag)).length;
    assert.ok(count >= 100, `${count} tags of the kind ${kind}`);
  }
});

test("times and sizes that the service writes as text are text", () => {
  for (const row of rows) {
    for (const field of ["ImageCreate", "ImageUpdate", "ImageSize"]) assert.match(row[field], /^\d+$/);
    assert.ok(Number(row.ImageUpdate) >= Number(row.ImageCreate));
    assert.ok(row.LastScanTime === undefined || row.LastScanTime >= Number(row.ImageCreate));
  }
});

test("the newest push comes first", () => {
  for (let index = 1; index < rows.length; index += 1) {
    assert.ok(Number(rows[index - 1].ImageUpdate) >= Number(rows[index].ImageUpdate));
  }
});
