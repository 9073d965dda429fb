/**
 * Fuzzing: puts what has never been tried to the crate, and fails with the input that breaks it.
 *
 *   node scripts/fuzz.mjs                     each target for a minute
 *   node scripts/fuzz.mjs load                one target
 *   node scripts/fuzz.mjs load --runs 1000000   so many inputs instead of a minute
 *
 * docs/fuzzing.md says what the targets hold and what they have found.
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { cargoFuzz } from "./lib/install.mjs";
import { inRoot, scratchDir } from "./lib/paths.mjs";
import { ask, Failure, main, run } from "./lib/run.mjs";
import { detail, say } from "./lib/say.mjs";

const targets = ["load", "load_then_estimate", "policy"];
const secondsEach = 60;

/** Runs one target. What it finds goes into a corpus that is not the project's: that stays as it was committed. */
async function fuzz(program, target, runs) {
  const found = join(scratchDir, "fuzz", target);
  mkdirSync(found, { recursive: true });
  const corpora = [found, inRoot("fuzz", "corpus", target)].filter((folder) => existsSync(folder));
  const words = inRoot("fuzz", `${target}.dict`);
  const limits = runs === undefined ? [`-max_total_time=${secondsEach}`] : [`-runs=${runs}`];
  // The crate forbids unsafe code: what a sanitizer watches for cannot be, and without one ten times as much is tried.
  const args = [
    "fuzz",
    "run",
    "--sanitizer",
    "none",
    "--fuzz-dir",
    inRoot("fuzz"),
    "--target-dir",
    inRoot("target", "fuzz"),
    target,
  ];
  const options = ["-max_len=4096", "-print_final_stats=1", ...limits];
  if (existsSync(words)) options.push(`-dict=${words}`);
  say(`Fuzzing ${target} …`);
  const done = await run(program, [...args, ...corpora, "--", ...options], {
    env: { RUSTUP_TOOLCHAIN: "nightly" },
    limit: 86_400,
    onLine: (line) => /^#\d+\s+(?:pulse|DONE|INITED)|^stat::/.test(line) && detail(line),
  });
  if (!done.ok) {
    throw new Failure(`fuzzing ${target} has found something, or does not build`, {
      output: done.output,
      remedy: `try the input that it names: cargo +nightly fuzz run ${target} FILE; then make it a case of a test`,
    });
  }
}

await main(import.meta.url, async () => {
  const given = process.argv.slice(2);
  const at = given.indexOf("--runs");
  const [, runs] = at < 0 ? [] : given.splice(at, 2);
  const wrong = given.find((target) => !targets.includes(target));
  if (wrong !== undefined || (at >= 0 && !/^\d+$/.test(runs ?? ""))) {
    throw new Failure(`\`${wrong ?? `--runs ${runs ?? ""}`}\` is not understood`, {
      remedy: `give targets (${targets.join(", ")}), and \`--runs 1000000\` for so many inputs`,
    });
  }
  if (ask("rustc", ["+nightly", "--version"]) === null) {
    throw new Failure("fuzzing needs a nightly compiler", { remedy: "rustup toolchain install nightly" });
  }
  const program = await cargoFuzz();
  for (const target of given.length > 0 ? given : targets) await fuzz(program, target, runs);
});
