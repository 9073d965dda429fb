/**
 * Builds what is committed in two folders of different names, and compares every file of `pkg/`, byte by byte. Nothing of
 * either folder may stand in them.
 *
 *   npm run reproducible
 */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./lib/paths.mjs";
import { Failure, main, step } from "./lib/run.mjs";
import { say, table } from "./lib/say.mjs";

const remedy = "see the output above";

/** Builds in a folder, and answers with the files of `pkg/`. */
async function builtIn(folder) {
  await step("the project could not be cloned", remedy, "git", ["clone", "--quiet", root, folder]);
  const build = [join(folder, "scripts/build.mjs"), "--wasm-only"];
  await step("the build failed", remedy, process.execPath, build, { cwd: folder });
  const pkg = join(folder, "pkg");
  return new Map(readdirSync(pkg).map((name) => [name, readFileSync(join(pkg, name))]));
}

const hashOf = (bytes) => createHash("sha256").update(bytes).digest("hex");

await main(import.meta.url, async () => {
  const folders = ["one", "another-of-a-longer-name"].map((name) =>
    join(mkdtempSync(join(tmpdir(), "scan-precheck-")), name),
  );
  try {
    const [one, other] = [await builtIn(folders[0]), await builtIn(folders[1])];
    const rows = [...one].map(([name, bytes]) => [name, String(bytes.length), hashOf(bytes).slice(0, 16)]);
    for (const line of table([["file", "bytes", "sha256"], ...rows], [1])) say(line);
    const names = new Set([...one.keys(), ...other.keys()]);
    const different = [...names].filter((name) => !one.get(name)?.equals(other.get(name) ?? Buffer.of()));
    if (different.length > 0)
      throw new Failure(`different in two folders: ${different.join(", ")}`, { remedy });
    for (const [name, bytes] of one) {
      const found = [...folders, homedir()].find((place) => place.length > 1 && bytes.includes(place));
      if (found !== undefined) throw new Failure(`${name} holds the name of a folder, ${found}`, { remedy });
    }
    say(`${one.size} files, equal in two folders; no name of a folder in them.`);
  } finally {
    for (const folder of folders) rmSync(join(folder, ".."), { recursive: true, force: true });
  }
});
