/**
 * The builds of a repository: when each was made, what it weighs, which tags point at it now.
 */
import { sha256 } from "./random.mjs";

const hour = 3_600_000;
const day = 24 * hour;

/** The moment at which the sample's inventory was taken. Nothing in it is later. */
export const takenAt = Date.UTC(2026, 10, 20, 9, 0, 0);

/**
 * @param {string} repository `namespace/name`
 * @param {number} count How many builds there are.
 * @param {"release" | "commit" | "date"} style How they are tagged.
 * @param {ReturnType<typeof import("./random.mjs").randomOf>} random
 * @returns {{ digest: string, made: number, size: number, tags: string[] }[]} The oldest first.
 */
export function buildsOf(repository, count, style, random) {
  const made = timesOf(count, random);
  const tags = styles[style](made, random);
  const size = random.between(12, 900);
  return made.map((time, index) => ({
    digest: sha256(`${repository}#${index}`),
    made: time,
    size: Math.max(4, size + random.between(-8, 8)),
    tags: tags[index],
  }));
}

/** The newest was made within the last weeks; busy repositories are built more often. */
function timesOf(count, random) {
  const times = [];
  let time = takenAt - random.between(2 * hour, 20 * day);
  const pause = Math.min(30 * day, (300 * day) / count);
  for (let index = 0; index < count; index += 1) {
    times.unshift(time);
    time -= Math.round(pause * (0.2 + 1.6 * random.next()));
  }
  return times;
}

/** For each style: build times, the oldest first, to the tags of each build. */
const styles = {
  /** Versions. The newest of a minor, of a major and of all carry the shorter tags as well. */
  release(times, random) {
    let [major, minor, patch] = [random.between(0, 3), random.between(0, 9), 0];
    const versions = times.map(() => {
      const version = [major, minor, patch];
      if (random.chance(0.06)) [major, minor, patch] = [major + 1, 0, 0];
      else if (random.chance(0.3)) [minor, patch] = [minor + 1, 0];
      else patch += 1;
      return version;
    });
    const same = (left, right, parts) => left.slice(0, parts).join() === right?.slice(0, parts).join();
    return versions.map((version, index) => {
      const following = versions[index + 1];
      const tags = [version.join(".")];
      if (!same(version, following, 2)) tags.push(version.slice(0, 2).join("."));
      if (!same(version, following, 1)) tags.push(String(version[0]));
      if (!following) tags.push("latest", "stable");
      return tags;
    });
  },

  /** The commit each was built from; the branches and environments that point at one of them. */
  commit(times, random) {
    const newest = times.length - 1;
    return times.map((_, index) => {
      const tags = [random.hex(random.pick([7, 7, 12]))];
      if (index === newest) tags.push("main", "latest");
      if (index === Math.max(0, newest - 1)) tags.push("staging");
      if (index === Math.max(0, newest - 3)) tags.push("production");
      return tags;
    });
  },

  /** The day of the nightly build; the second on a day gets a number. */
  date(times) {
    const seen = new Map();
    return times.map((time, index) => {
      const date = new Date(time).toISOString().slice(0, 10).replaceAll("-", "");
      const nth = (seen.get(date) ?? 0) + 1;
      seen.set(date, nth);
      const tags = [nth === 1 ? date : `${date}.${nth}`];
      if (index === times.length - 1) tags.push("nightly", "latest");
      return tags;
    });
  },
};
