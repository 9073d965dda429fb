/**
 * An inventory with the skew of real registries, the same for the same seed and number of rows, written
 * once as CSV and as pages of `DescribeImageInstances` into a cache folder.
 */

import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { COLUMNS } from "./fields.mjs";
import { plan } from "./plan.mjs";
import { hex8, hex64, letters, mix } from "./random.mjs";
import { tagText } from "./tags.mjs";

/** Part of the cache's name: another number where the same seed gives other rows. */
const VERSION = 1;

/** Rows of one reply. */
const PAGE = 1_000;

/** The files of an inventory; writes them where they are missing. */
export async function dataset({ rows, seed, say = () => {} }) {
  const folder = join(tmpdir(), "scan-precheck-bench", `v${VERSION}-${seed}-${rows}`);
  const files = { csv: join(folder, "inventory.csv"), json: join(folder, "inventory.json") };
  if (!existsSync(files.csv) || !existsSync(files.json)) {
    say(`Writing an inventory of ${rows} rows to ${folder} …`);
    mkdirSync(folder, { recursive: true });
    const part = { csv: `${files.csv}.part`, json: `${files.json}.part` };
    await write(plan(rows, seed), seed, part);
    for (const kind of ["csv", "json"]) renameSync(part[kind], files[kind]);
  }
  const size = (path) => statSync(path).size;
  return { folder, ...files, csvBytes: size(files.csv), jsonBytes: size(files.json) };
}

async function write({ order, rowRepo, rowDigest, rowTag, rowScan, repos }, seed, paths) {
  const csv = output(paths.csv);
  const json = output(paths.json);
  await csv.put(`${COLUMNS.join(",")}\n`);
  for (let start = 0; start < order.length; start += PAGE) {
    const end = Math.min(start + PAGE, order.length);
    let table = "";
    const list = [];
    for (let at = start; at < end; at += 1) {
      const row = order[at];
      const repo = repos[rowRepo[row]];
      const scan = rowScan[row];
      const digest = hex64(rowDigest[row], seed);
      const tag = tagText(rowTag[row]);
      table += `${repo.csv},${digest},${tag},${scan || ""}\n`;
      list.push(`{${repo.json},"Digest":"${digest}","Tag":"${tag}"${scan ? `,"LastScanTime":${scan}` : ""}}`);
    }
    await csv.put(table);
    await json.put(page(start, list, order.length));
  }
  await csv.end();
  await json.end();
}

/** One reply on one line, as a program that asks page after page appends them. */
function page(start, list, total) {
  const number = start / PAGE + 1;
  const id = letters(number, 12).toUpperCase();
  const request = `${hex8(mix(number)).toUpperCase()}-5D2C-5A1B-9F00-${id}`;
  const info = JSON.stringify({ CurrentPage: number, PageSize: PAGE, TotalCount: total, Count: list.length });
  return `{"RequestId":"${request}","PageInfo":${info},"ImageInstanceList":[${list.join(",")}]}\n`;
}

function output(path) {
  const stream = createWriteStream(path, { highWaterMark: 1 << 22 });
  return {
    put: async (text) => {
      if (!stream.write(text)) await once(stream, "drain");
    },
    end: async () => {
      stream.end();
      await once(stream, "finish");
    },
  };
}
