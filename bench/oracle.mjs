/**
 * The answers as the definitions say them, without a thought for speed. Every peer is held to them.
 */
import { CYCLE_START, FIELDS, restrictions } from "./fields.mjs";
import { objectsOfCsv } from "./read/objects.mjs";

export class Oracle {
  /** All rows by the values of a column, of each column once. */
  #all = new Map();

  /** @param {number} [most] How many rows are read at most; answers are of these alone. */
  static async read(path, most) {
    const oracle = new Oracle();
    oracle.rows = await objectsOfCsv(path, most);
    oracle.charged = new Set(
      oracle.rows.filter((row) => row.LastScanTime >= CYCLE_START).map((row) => row.Digest),
    );
    return oracle;
  }

  #matching(filter, without) {
    const tests = restrictions(filter).filter(({ key }) => key !== without);
    const wanted = tests.map(({ column, values }) => [column, new Set(values)]);
    return this.rows.filter((row) => wanted.every(([column, values]) => values.has(row[column])));
  }

  #quota(rows) {
    return new Set(rows.map(({ Digest }) => Digest).filter((digest) => !this.charged.has(digest))).size;
  }

  query(filter) {
    const rows = this.#matching(filter);
    return { images: rows.length, quota: this.#quota(rows) };
  }

  /** Images by how often, and the numbers of single values, of each field. */
  facets(filter, limit) {
    return FIELDS.map(({ key, column }) => {
      const groups = grouped(this.#matching(filter, key), column);
      const sizes = [...groups.values()].map((rows) => rows.length).sort((left, right) => right - left);
      return {
        sizes: sizes.slice(0, limit),
        of: (value) => ({ images: groups.get(value)?.length, quota: this.#quota(groups.get(value) ?? []) }),
      };
    });
  }

  suggest(filter, { field: key, text, limit }) {
    const { column } = FIELDS.find((field) => field.key === key);
    const held = new Set(filter[key] ?? []);
    if (!this.#all.has(column)) this.#all.set(column, grouped(this.rows, column));
    const all = this.#all.get(column);
    const rank = (value) => [
      value.toLowerCase().indexOf(text.toLowerCase()) > 0 ? 1 : 0,
      -all.get(value).length,
    ];
    const candidates = [...all.keys()].filter(
      (value) => value.toLowerCase().includes(text.toLowerCase()) && !held.has(value),
    );
    const ranks = candidates.map(rank).sort((left, right) => left[0] - right[0] || left[1] - right[1]);
    const others = grouped(this.#matching(filter, key), column);
    const covered = [...held].flatMap((value) => others.get(value) ?? []);
    const before = this.#quota(covered);
    return {
      total: candidates.length,
      ranks: ranks.slice(0, limit).map(String),
      rank: (value) => String(rank(value)),
      of: (value) => {
        const rows = others.get(value) ?? [];
        return { images: rows.length, quota: this.#quota([...covered, ...rows]) - before };
      },
    };
  }
}

function grouped(rows, column) {
  const groups = new Map();
  for (const row of rows) {
    const group = groups.get(row[column]);
    if (group) group.push(row);
    else groups.set(row[column], [row]);
  }
  return groups;
}
