/**
 * The whole test command. Sets up what is missing, runs every stage, goes on after one that failed,
 * and closes with a table and, as its last line, the number of tests passed and failed.
 *
 *   node scripts/test.mjs                 every stage
 *   node scripts/test.mjs lint rust       just these
 *
 * Of a stage that passes a line is shown and what its tests have to tell, such as sizes; of one that fails everything
 * that its commands printed.
 */
import { sum } from "./lib/counts.mjs";
import { Failure, main, run } from "./lib/run.mjs";
import { bold, detail, dim, green, red, say, seconds, table } from "./lib/say.mjs";
import { stages } from "./lib/stages.mjs";
import { setup } from "./setup.mjs";

/** Well above what a stage takes on a slow machine that has to build everything first. */
const limit = 1_800;

/** Runs a stage to its end, every check of it. */
async function runStage(name) {
  const began = Date.now();
  say(bold(name));
  const counts = [];
  for (const check of checksOf(name)) {
    const result = check.failure ?? (await runCheck(check));
    const { passed, failed, skipped } = result.counts;
    const mark = failed > 0 ? red("failed") : green("passed");
    const numbers = check.count ? `, ${passed} passed, ${failed} failed, ${skipped} skipped` : "";
    if (failed > 0 && !check.live) say(result.output.trimEnd());
    if (failed === 0) for (const line of check.tell?.(result.output) ?? []) detail(`  ${line}`);
    say(`  ${mark} ${check.name} ${dim(`${seconds(result.seconds)}${numbers}`)}`);
    counts.push(result.counts);
  }
  return { name, seconds: (Date.now() - began) / 1000, ...sum(counts) };
}

/** A stage that cannot even begin is one failed test. */
function checksOf(name) {
  try {
    return stages[name]();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const output = [error.message, error.output, error.remedy && `what to do: ${error.remedy}`];
    return [{ name, failure: failedOnce(output.filter(Boolean).join("\n")) }];
  }
}

const failedOnce = (output, taken = 0) => ({
  output,
  seconds: taken,
  counts: { passed: 0, failed: 1, skipped: 0 },
});

async function runCheck({ command, args, env, count, mayBeEmpty, live }) {
  const done = await run(command, args, { env, limit, onLine: live ? detail : undefined });
  if (!count) {
    return done.ok
      ? { ...done, counts: { passed: 1, failed: 0, skipped: 0 } }
      : failedOnce(done.output, done.seconds);
  }
  const counts = count(done.output);
  // A runner that died before its closing line has failed, whatever it counted until then.
  if (!done.ok && counts.failed === 0) counts.failed = 1;
  if (done.ok && counts.passed === 0 && !mayBeEmpty) {
    return failedOnce(`${done.output}\nno test ran`, done.seconds);
  }
  return { ...done, counts };
}

function summary(results) {
  const rows = results.map((result) => [
    result.name,
    result.failed > 0 ? "failed" : "passed",
    seconds(result.seconds),
    String(result.passed),
    String(result.failed),
    String(result.skipped),
  ]);
  return table([["stage", "result", "time", "passed", "failed", "skipped"], ...rows], [2, 3, 4, 5]);
}

await main(import.meta.url, async () => {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !(name in stages));
  if (unknown !== undefined) {
    throw new Failure(`there is no stage \`${unknown}\``, {
      remedy: `use ${Object.keys(stages).join(", ")}`,
    });
  }
  const chosen = Object.keys(stages).filter((name) => names.length === 0 || names.includes(name));
  // A stage on its own needs the same tools; when all run, `setup` is a stage that reports.
  if (!chosen.includes("setup")) await setup({ tests: true });
  const results = [];
  for (const name of chosen) results.push(await runStage(name));
  say();
  for (const line of summary(results)) say(line);
  const total = sum(results);
  say();
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
  say(`${total.passed} passed, ${total.failed} failed${skipped}`);
  if (total.failed > 0) process.exitCode = 1;
});
