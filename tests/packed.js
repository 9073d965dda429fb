/**
 * The package as it is published: packed, and installed in a folder where nothing else is.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const quiet = { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] };

/** Packs the package into a folder that is gone at the end. */
export function packed() {
  const folder = mkdtempSync(join(tmpdir(), "scan-precheck-packed-"));
  after(() => rmSync(folder, { recursive: true }));
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [{ filename, files, unpackedSize }] = JSON.parse(execFileSync("npm", args, { ...quiet, cwd: root }));
  const paths = files.map(({ path }) => path).sort();
  return { folder, tarball: join(folder, filename), files: paths, unpacked: unpackedSize };
}

/** The same, installed there by npm. */
export function installed() {
  const { folder, tarball, files } = packed();
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  const options = ["--offline", "--no-audit", "--no-fund", "--no-save"];
  execFileSync("npm", ["install", ...options, tarball], { ...quiet, cwd: folder });
  return { folder, tarball, files };
}
