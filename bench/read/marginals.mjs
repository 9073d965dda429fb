/**
 * Facets and suggestions over columns and posting lists: one walk over a value's list for each value.
 */
import { DIGEST, FIELDS } from "../fields.mjs";
import { wantedCodes } from "./wanted.mjs";

/** Values of every field with images and quota under the other fields, the most images first. */
export function facetsOf(index, filter, limit) {
  const stamps = new Uint32Array(index.table.charged.length + 1);
  let stamp = 0;
  return FIELDS.map(({ key, index: field }) => {
    const under = rowsUnder(index.table, filter, key);
    const found = [];
    const { starts, rows } = index.postings[field];
    for (let code = 0; code + 1 < starts.length; code += 1) {
      stamp += 1;
      stamps[0] = stamp;
      let images = 0;
      let quota = 0;
      for (let at = starts[code]; at < starts[code + 1]; at += 1) {
        const row = rows[at];
        if (under[row] === 0) continue;
        images += 1;
        const charge = index.charges[row];
        if (stamps[charge] !== stamp) {
          stamps[charge] = stamp;
          quota += 1;
        }
      }
      if (images > 0)
        insert(found, limit, { code, images, quota }, (left, right) => right.images - left.images);
    }
    return found.map(({ code, images, quota }) => ({ value: index.table.text(field, code), images, quota }));
  });
}

/** One byte a row: whether it passes every field but one. */
function rowsUnder(table, filter, without) {
  const under = new Uint8Array(table.rows);
  const tests = wantedCodes(table, filter, without);
  if (tests === undefined) return under;
  under.fill(1);
  for (const { codes, wanted } of tests) {
    for (let row = 0; row < under.length; row += 1) under[row] &= wanted[codes[row]];
  }
  return under;
}

/** Keeps the best `limit` in their order. */
function insert(list, limit, item, order) {
  if (list.length === limit && order(item, list[limit - 1]) >= 0) return;
  let at = list.length;
  while (at > 0 && order(item, list[at - 1]) < 0) at -= 1;
  list.splice(at, 0, item);
  if (list.length > limit) list.pop();
}

export function suggestionsOf({ table, postings, charges }, filter, { field: key, text, limit }) {
  const field = FIELDS.findIndex((known) => known.key === key);
  const wanted = wantedCodes(table, { [key]: filter[key] ?? [] })?.[0]?.wanted;
  const { starts, rows } = postings[field];
  const lower = text.toLowerCase();
  const best = [];
  let total = 0;
  for (let code = 0; code + 1 < starts.length; code += 1) {
    if (wanted?.[code]) continue;
    const place = (field === DIGEST ? table.text(field, code) : table.dictionaries[field].texts[code])
      .toLowerCase()
      .indexOf(lower);
    if (place < 0) continue;
    total += 1;
    const candidate = { code, later: place > 0 ? 1 : 0, rows: starts[code + 1] - starts[code] };
    insert(best, limit, candidate, (left, right) => left.later - right.later || right.rows - left.rows);
  }
  const under = rowsUnder(table, filter, key);
  // What the field's own values cover already: their rows, and the digests that they count.
  const covered = new Uint8Array(table.charged.length + 1);
  covered[0] = 1;
  if (wanted) {
    for (let row = 0; row < table.rows; row += 1)
      if (under[row] && wanted[table.codes[field][row]]) covered[charges[row]] = 1;
  }
  const suggestions = best.map(({ code }) => {
    const seen = new Set();
    let images = 0;
    for (let at = starts[code]; at < starts[code + 1]; at += 1) {
      if (!under[rows[at]]) continue;
      images += 1;
      const charge = charges[rows[at]];
      if (!covered[charge]) seen.add(charge);
    }
    return { value: table.text(field, code), images, quota: seen.size };
  });
  return { suggestions, total };
}
