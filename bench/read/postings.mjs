/**
 * Posting lists: for each code its rows in order, all in one array.
 */
export function postingsOf(codes, size) {
  const starts = new Uint32Array(size + 1);
  for (let row = 0; row < codes.length; row += 1) starts[codes[row] + 1] += 1;
  for (let code = 0; code < size; code += 1) starts[code + 1] += starts[code];
  const next = starts.slice();
  const rows = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row += 1) {
    rows[next[codes[row]]] = row;
    next[codes[row]] += 1;
  }
  return { starts, rows };
}
