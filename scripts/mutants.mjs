/**
 * Mutation testing: changes the crate in one place after the other and sees whether a test notices.
 * Prints the figures and every change that no test notices, and fails where too many go unnoticed.
 *
 *   node scripts/mutants.mjs                          the inventory, the filter and the estimate: an hour or two
 *   node scripts/mutants.mjs src/filter               just these folders or files
 *   node scripts/mutants.mjs src/inventory --shard 1/8   a part of them, as cargo-mutants divides them
 *
 * What the figures are to be read with stands in docs/mutants.md.
 */
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { cargoMutants } from "./lib/install.mjs";
import { inRoot, scratchDir } from "./lib/paths.mjs";
import { Failure, main, run } from "./lib/run.mjs";
import { detail, say, seconds, table } from "./lib/say.mjs";

/** Where answers are made. What reads exports and JavaScript values has fuzzed and hostile tests of its own. */
const everything = ["src/inventory", "src/filter", "src/estimate"];

/** Of the changes that compile, so many in a hundred have to be noticed. */
const leastNoticed = 90;

/** A mutant has to be cheap: a part of the random cases, always the same, and no search for smaller ones. */
const quick = {
  SCAN_PRECHECK_FEWER_CASES: "50",
  PROPTEST_RNG_SEED: "1",
  PROPTEST_MAX_SHRINK_ITERS: "0",
};

/** Tries the mutants of some files, and answers with what became of each. */
async function tryMutants(program, paths, shard) {
  const output = join(scratchDir, "mutants");
  mkdirSync(output, { recursive: true });
  const files = paths.flatMap((path) => ["--file", statSync(inRoot(path)).isFile() ? path : `${path}/**`]);
  const env = {
    ...quick,
    // Unit tests and others in one program: see tests/one_program.
    RUSTFLAGS: "--cfg one_program -Awarnings",
    CARGO_TARGET_DIR: inRoot("target", "mutants"),
  };
  const args = ["mutants", "--output", output, ...files, ...(shard ? ["--shard", shard] : [])];
  const done = await run(program, args, { env, limit: 86_400, onLine: detail });
  const outcomes = join(output, "mutants.out", "outcomes.json");
  if (!existsSync(outcomes)) {
    throw new Failure("cargo-mutants gave no result", {
      output: done.output,
      remedy: "see its message above",
    });
  }
  const { outcomes: all } = JSON.parse(readFileSync(outcomes, "utf8"));
  const tried = all.filter(({ scenario }) => scenario.Mutant);
  if (tried.length === 0) {
    throw new Failure("no mutant was tried", {
      output: done.output,
      remedy: "the tests have to pass on the code as it is: run `npm test`",
    });
  }
  return { took: done.seconds, tried: tried.map(outcomeOf) };
}

function outcomeOf({ scenario: { Mutant: mutant }, summary }) {
  return { file: mutant.file, name: mutant.name, summary };
}

const noticed = ({ summary }) => summary === "CaughtMutant" || summary === "Timeout";
const unnoticed = ({ summary }) => summary === "MissedMutant";

/** A line of figures for each file, and one for all. */
function figures(tried) {
  const line = (name, mutants) => {
    const [killed, missed] = [mutants.filter(noticed).length, mutants.filter(unnoticed).length];
    return [name, killed + missed, killed, missed, inHundred(killed, missed)].map(String);
  };
  const files = [...new Set(tried.map(({ file }) => file))].sort();
  const lines = files.map((file) =>
    line(
      file,
      tried.filter((mutant) => mutant.file === file),
    ),
  );
  return table(
    [["file", "compile", "noticed", "unnoticed", "%"], ...lines, line("all", tried)],
    [1, 2, 3, 4],
  );
}

const inHundred = (killed, missed) => ((100 * killed) / Math.max(1, killed + missed)).toFixed(1);

await main(import.meta.url, async () => {
  const given = process.argv.slice(2);
  const at = given.indexOf("--shard");
  const [, shard] = at < 0 ? [] : given.splice(at, 2);
  const wrong = given.find((path) => !path.startsWith("src/") || !existsSync(inRoot(path)));
  if (wrong !== undefined || (at >= 0 && !/^\d+\/\d+$/.test(shard ?? ""))) {
    throw new Failure(`\`${wrong ?? `--shard ${shard ?? ""}`}\` is not understood`, {
      remedy: "give folders or files under src/, and `--shard 0/8` for the first of eight parts",
    });
  }
  const { took, tried } = await tryMutants(
    await cargoMutants(),
    given.length > 0 ? given : everything,
    shard,
  );
  say();
  for (const { name } of tried.filter(unnoticed)) say(`unnoticed: ${name}`);
  say();
  for (const line of figures(tried)) say(line);
  const [killed, missed] = [tried.filter(noticed).length, tried.filter(unnoticed).length];
  say();
  say(
    `${tried.length} mutants in ${seconds(took)}: ${tried.length - killed - missed} do not compile; of the others ${killed} noticed, ${missed} unnoticed (${inHundred(killed, missed)} %)`,
  );
  if (100 * killed < leastNoticed * (killed + missed)) {
    throw new Failure(`fewer than ${leastNoticed} % of the mutants are noticed`, {
      remedy: "write a test for those above, or give the reason in docs/mutants.md why none can tell them",
    });
  }
});
