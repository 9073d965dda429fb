/**
 * Which rows there are: repositories of Zipf's sizes, their builds with a digest and some tags each, mirrors
 * in other registries, scans, and the order of an export by time of update. All as numbers.
 */

import { CYCLE_START } from "./fields.mjs";
import { mix29, sfc32 } from "./random.mjs";
import { repositories } from "./repositories.mjs";
import { DATE, MINOR, NAMED, SEMVER, SHA, tagNumber } from "./tags.mjs";

const DAY = 86_400_000;

/** Builds that have one tag more, by its kind. */
const SECOND_TAG = 0.05;

export function plan(rows, seed) {
  const random = sfc32(seed);
  const repos = repositories(rows, seed);
  const columns = {
    rowRepo: new Uint32Array(rows),
    rowDigest: new Uint32Array(rows),
    rowTag: new Uint32Array(rows),
    rowScan: new Float64Array(rows),
    rowTime: new Float64Array(rows),
  };
  let row = 0;
  let digest = 0;
  for (const [index, repo] of repos.entries()) {
    repo.firstRow = row;
    const end = row + repo.size;
    const original = repo.mirrorOf === undefined ? undefined : repos[repo.mirrorOf];
    if (original) {
      // A mirror holds the same digests under the same tags, and is scanned apart, if at all.
      const from = original.firstRow;
      for (let scan = 0, last = -1; row < end; row += 1) {
        const source = from + (row - repo.firstRow);
        if (columns.rowDigest[source] !== last) scan = scanTime(random, 0.1);
        last = columns.rowDigest[source];
        put(columns, row, index, last, columns.rowTag[source], scan, columns.rowTime[source] + 3_600_000);
      }
      continue;
    }
    // The newest build comes first; it alone carries the name of a channel.
    const newest = random.below(2_000) + Math.ceil(repo.size / 0.9);
    for (let build = 0; row < end; build += 1, digest += 1) {
      const time = CYCLE_START + 20 * DAY - random.next() ** 2 * 900 * DAY;
      const scan = scanTime(random, 0.3);
      for (const tag of tagsOf(repo.style, newest - build, build, digest, seed, random)) {
        if (row === end) break;
        put(columns, row, index, digest, tag, scan, time);
        row += 1;
      }
    }
  }
  const order = Uint32Array.from({ length: rows }, (_, index) => index);
  const { rowTime } = columns;
  order.sort((left, right) => rowTime[right] - rowTime[left] || left - right);
  return { order, repos, ...columns };
}

function put(columns, row, repo, digest, tag, scan, time) {
  columns.rowRepo[row] = repo;
  columns.rowDigest[row] = digest;
  columns.rowTag[row] = tag;
  columns.rowScan[row] = scan;
  columns.rowTime[row] = time;
}

/** Milliseconds, or 0 where it was never scanned. */
function scanTime(random, inCycle) {
  const draw = random.next();
  if (draw < inCycle) return CYCLE_START + random.below(20 * DAY);
  return draw < inCycle + 0.35 ? CYCLE_START - 1 - random.below(200 * DAY) : 0;
}

/** The tags of one build, never the same twice in a repository. */
function tagsOf(style, number, build, digest, seed, random) {
  const tags = [];
  if (style === "sha") tags.push(tagNumber(SHA, mix29(digest ^ seed)));
  else if (style === "date") tags.push(tagNumber(DATE, number));
  else tags.push(tagNumber(SEMVER, number));
  if (build === 0) tags.push(tagNumber(NAMED, 0));
  else if (build < 6 && random.chance(0.15)) tags.push(tagNumber(NAMED, build));
  // The last patch of a minor version carries the minor's number too.
  if (style === "semver" && (build === 0 || (number % 10 === 9 && random.chance(0.5))))
    tags.push(tagNumber(MINOR, Math.floor(number / 10)));
  else if (style !== "sha" && random.chance(SECOND_TAG)) tags.push(tagNumber(SHA, mix29(digest ^ seed)));
  return tags;
}
