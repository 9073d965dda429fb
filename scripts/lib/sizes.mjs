/**
 * How large is what a user downloads: raw, and as a server sends it compressed.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { firstPart, furtherParts } from "./parts.mjs";
import { pageDist, pkgDir } from "./paths.mjs";
import { size, table } from "./say.mjs";

/** @returns {{ raw: number, gzip: number, brotli: number }} */
export function measure(paths) {
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const path of paths) {
    const bytes = readFileSync(path);
    sum.raw += bytes.length;
    sum.gzip += gzipSync(bytes, { level: 9 }).length;
    sum.brotli += brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  }
  return sum;
}

/** The scripts and style sheets that the page's HTML names: what the first view waits for. */
export function firstView(html) {
  const names = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.(?:js|css))"/g)];
  return names.map((match) => join(pageDist, match[1]));
}

const [first, glue, second, extra] = [
  firstPart,
  "scan_precheck.js",
  ...furtherParts.map(({ file }) => file),
].map((name) => join(pkgDir, name));

/** What is downloaded for the package: for estimates, for all else about inventories, for both, and for what needs none. */
export const downloads = {
  first: [first, glue],
  second: [second],
  all: [first, glue, second],
  extra: [extra],
};

/** Lines to print: the package's files, and the page's first view where it is built. */
export function sizeLines() {
  const parts = [
    ["first part", [first]],
    ["glue", [glue]],
    ["first part + glue", downloads.first],
    ["second part", downloads.second],
    ["all of these", downloads.all],
    ["extra part", downloads.extra],
  ];
  const index = join(pageDist, "index.html");
  if (existsSync(index)) {
    const files = firstView(readFileSync(index, "utf8"));
    parts.push(["page, first view: JS", files.filter((path) => path.endsWith(".js"))]);
    parts.push(["page, first view: CSS", files.filter((path) => path.endsWith(".css"))]);
  }
  const rows = parts.map(([name, paths]) => {
    const { raw, gzip, brotli } = measure(paths);
    return [name, size(raw), size(gzip), size(brotli)];
  });
  return table([["", "raw", "gzip", "brotli"], ...rows], [1, 2, 3]);
}
