/**
 * The name that someone may have meant.
 */

/**
 * The nearest of the known names, where one is near.
 *
 * @param {string} given
 * @param {readonly string[]} known
 */
export function nearest(given, known) {
  const lower = given.toLowerCase();
  const begun = known.filter((name) => lower.length > 2 && name.startsWith(lower));
  if (begun.length === 1) return begun[0];
  const near = known
    .map((name) => ({ name, edits: editsBetween(lower, name) }))
    .filter(({ name, edits }) => edits <= Math.max(1, Math.floor(name.length / 3)));
  near.sort((a, b) => a.edits - b.edits);
  return near[0]?.name;
}

/** Letters to add, leave out, exchange, or swap with their neighbour. */
function editsBetween(a, b) {
  // What is typed as a name is short; a paste of thousands of letters is none.
  if (Math.abs(a.length - b.length) > 8) return Number.POSITIVE_INFINITY;
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[b.length];
}
