/**
 * Where things are in the project. Every script works from here, whatever folder it was called in.
 */
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A path inside the project, from its parts. */
export const inRoot = (...parts) => join(root, ...parts);

/** What the wasm build makes and the npm package ships. */
export const pkgDir = inRoot("pkg");

/** What the page's build makes. */
export const pageDist = inRoot("www", "dist");

/** Stamps and intermediate files. Under `target/`, so that `cargo clean` forgets them as well. */
export const scratchDir = inRoot("target", "scan-precheck");

/** Tools that take minutes to build are kept here, by version and for every clone of the project. */
export const cacheDir = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "scan-precheck");
