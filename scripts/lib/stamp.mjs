/**
 * Stamps: what a step was made from, as a hash, so that a step whose inputs and outputs are unchanged
 * is skipped. Contents are hashed, not times: a checkout or a copy changes every time and no content.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root, scratchDir } from "./paths.mjs";

/** Every file under the given paths, sorted. A path that does not exist stands for no file. */
export function filesUnder(paths, skip = () => false) {
  const found = [];
  const visit = (path) => {
    if (skip(path) || !existsSync(path)) return;
    if (!statSync(path).isDirectory()) found.push(path);
    else for (const name of readdirSync(path)) visit(join(path, name));
  };
  paths.forEach(visit);
  return found.sort();
}

/**
 * One hash over files, by name and content, and over words such as a tool's version.
 *
 * @param {readonly string[]} paths Files and folders.
 * @param {readonly string[]} [words]
 * @param {(path: string) => boolean} [skip]
 */
export function hashOf(paths, words = [], skip) {
  const hash = createHash("sha256");
  for (const word of words) hash.update(`${word}\0`);
  for (const path of filesUnder(paths, skip)) {
    hash.update(`${relative(root, path)}\0`);
    hash.update(createHash("sha256").update(readFileSync(path)).digest());
  }
  return hash.digest("hex");
}

/** The text of a stamp file; empty where there is none. */
export function readStamp(path) {
  return existsSync(path) ? readFileSync(path, "utf8").trim() : "";
}

export function writeStamp(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${text}\n`);
}

/**
 * Does a step only where its inputs or its outputs have changed since it was last done.
 *
 * @param {string} name
 * @param {string} inputs The hash of what the step reads.
 * @param {readonly string[]} outputs Files and folders that the step writes.
 * @param {() => Promise<void>} make
 * @returns {Promise<boolean>} Whether it was done.
 */
export async function once(name, inputs, outputs, make) {
  const path = join(scratchDir, `${name}.stamp`);
  const state = () => `${inputs} ${hashOf(outputs)}`;
  if (outputs.every((output) => existsSync(output)) && readStamp(path) === state()) return false;
  await make();
  writeStamp(path, state());
  return true;
}
