/**
 * Files and standard input → sources of a load, with the names by which messages call them.
 */
import { constants, createReadStream, openAsBlob } from "node:fs";
import { access, stat } from "node:fs/promises";
import { Failure } from "./failure.js";
import { visible } from "./visible.js";

/**
 * @typedef {{ name: string, source: any }} Source
 * @param {readonly string[]} paths `-` is standard input.
 * @returns {Promise<Source[]>}
 */
export function sourcesOf(paths) {
  return Promise.all(
    paths.map(async (path) =>
      path === "-"
        ? { name: "standard input", source: process.stdin }
        : { name: visible(path), source: await fileOf(path) },
    ),
  );
}

async function fileOf(path) {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new Failure(`${visible(path)} is a folder; name the files in it`);
    await access(path, constants.R_OK);
    // What is no plain file, such as a pipe, can be read only once and has no size.
    return found.isFile() ? await openAsBlob(path) : createReadStream(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

const REASONS = {
  ENOENT: "there is no such file",
  EACCES: "you may not read it",
  EPERM: "you may not read it",
  ENOTDIR: "a part of its path is no folder",
  EISDIR: "it is a folder",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "its name is too long",
};

/** What the platform says of a file, for a person. */
export function unreadable(path, error, hint = "") {
  if (error instanceof Failure) return error;
  const reason = REASONS[error.code] ?? visible(error.message);
  return new Failure(`cannot read ${visible(path) || "a file without a name"}: ${reason}${hint}`, {
    cause: error,
  });
}
