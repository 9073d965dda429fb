#!/usr/bin/env node
/**
 * The command `scan-precheck`: the command line → an answer on standard output and an exit code.
 */
import { readFileSync } from "node:fs";
import { settingsOf } from "./arguments.js";
import { colored, paints } from "./colors.js";
import { Failure } from "./failure.js";
import { endQuietlyWithout, write } from "./output.js";
import { FAILED } from "./verdict.js";
import { visible } from "./visible.js";

endQuietlyWithout(process.stdout);
endQuietlyWithout(process.stderr);

try {
  const [first, ...rest] = process.argv.slice(2);
  // A file of this name is asked for as ./serve.
  if (first === "serve") await (await import("./serve/command.js")).serve(rest);
  else await run(settingsOf(process.argv.slice(2)));
} catch (thrown) {
  process.exitCode = FAILED;
  const error = /** @type {any} */ (thrown);
  const ours = error instanceof Failure || error?.name === "ScanPrecheckError";
  // Anything else is a fault of this command, and its stack is what a report of it needs.
  process.stderr.write(`scan-precheck: ${ours ? lines(error.message) : error?.stack}\n`);
  // Standard input may still be coming.
  process.stdin.destroy();
}

/** A message of several lines keeps them; all else that would move the cursor is shown. */
function lines(message) {
  return message.split("\n").map(visible).join("\n");
}

/** @param {import("./arguments.js").Settings} settings */
async function run(settings) {
  // What is not needed is not loaded: the module of the engine takes longer to start than the rest together.
  if (settings.help) return write(process.stdout, [(await import("./help.js")).help()]);
  if (settings.version) return write(process.stdout, [`${version()}\n`]);
  if (settings.request !== undefined) {
    const { requestFor } = await import("./request.js");
    return write(process.stdout, [`${await requestFor(settings.filter, settings.request)}\n`]);
  }
  if (settings.files.length === 0 && process.stdin.isTTY) {
    throw new Failure(
      "no FILE is given; name an export, or - for standard input (`scan-precheck --help` has examples)",
    );
  }
  const [{ answerTo }, { progressOn }] = await Promise.all([import("./answer.js"), import("./progress.js")]);
  const progress = progressOn(process.stderr, Boolean(process.stderr.isTTY) && !settings.quiet);
  const answer = await answerTo(settings, progress);
  process.exitCode = answer.verdict.exitCode;
  await write(process.stdout, await formatted(answer, settings));
  if (settings.format === "csv" && !settings.quiet) {
    // A table of cells has no place for them.
    const { notesOf } = await import("./notes.js");
    await write(
      process.stderr,
      notesOf(answer).map((note) => `scan-precheck: ${note}\n`),
    );
  }
}

/** @returns {Promise<Iterable<string>>} */
async function formatted(answer, { format, color }) {
  if (format === "json") return (await import("./formats/json.js")).json(answer);
  if (format === "csv") return (await import("./formats/csv.js")).csv(answer);
  if (format === "markdown") return (await import("./formats/markdown.js")).markdown(answer);
  return (await import("./formats/table.js")).table(
    answer,
    paints(colored(process.stdout, color, process.env)),
  );
}

function version() {
  return JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
}
