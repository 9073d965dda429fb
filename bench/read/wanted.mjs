/**
 * A filter in the codes of a table.
 */
import { restrictions } from "../fields.mjs";

export const TABLE_FILES = [
  "read/table.mjs",
  "read/dictionary.mjs",
  "read/digests.mjs",
  "read/wanted.mjs",
  "read/stream.mjs",
  "fields.mjs",
];

/**
 * Each restricted field with the codes that it wants, once as a list and once as a table; nothing where a
 * field wants no value that is there. The field that fewest values pass is first.
 */
export function wantedCodes(table, filter, without) {
  const tests = [];
  for (const { key, index, values } of restrictions(filter)) {
    if (key === without) continue;
    const wanted = new Uint8Array(table.dictionaries[index].size);
    const list = [];
    for (const value of values) {
      const code = table.find(index, value);
      if (code < 0 || wanted[code] === 1) continue;
      wanted[code] = 1;
      list.push(code);
    }
    if (list.length === 0) return undefined;
    tests.push({ index, codes: table.codes[index], wanted, list });
  }
  return tests.sort(
    (left, right) => left.list.length / left.wanted.length - right.list.length / right.wanted.length,
  );
}
