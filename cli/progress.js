/**
 * How far a load has come, as one line of a terminal that is written over and wiped away in the end.
 */
import { count, megabytes } from "./words.js";

/**
 * @param {NodeJS.WriteStream} stream
 * @param {boolean} shown
 */
export function progressOn(stream, shown) {
  let dirty = false;
  return {
    /** @param {import("../npm/index.js").LoadProgress} progress */
    report({ bytes, totalBytes, rows }) {
      if (!shown) return;
      const part = totalBytes > 0 ? ` of ${megabytes(totalBytes)}` : "";
      stream.write(`\r\u001b[Kreading: ${megabytes(bytes)}${part}, ${count(rows)} rows`);
      dirty = true;
    },
    wipe() {
      if (dirty) stream.write("\r\u001b[K");
      dirty = false;
    },
  };
}
