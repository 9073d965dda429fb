/**
 * What a browser would download for a peer, compressed as a server sends it.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

export const benchFolder = dirname(fileURLToPath(import.meta.url));
export const inBench = (path) => join(benchFolder, path);
export const inModules = (path) => join(benchFolder, "node_modules", path);
export const inProject = (path) => join(benchFolder, "..", path);

/** At the highest quality, tens of megabytes take minutes. */
const LARGE = 8e6;

export function download(files) {
  return files.reduce((sum, path) => {
    const bytes = readFileSync(path);
    const quality = bytes.length > LARGE ? 9 : 11;
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    return sum + brotliCompressSync(bytes, { params }).length;
  }, 0);
}
