/**
 * Runs other programs: short questions at once (`ask`), long steps with a sign of life (`run`, `step`).
 * A step that fails says what failed, shows the command's last lines and says what to do.
 */
import { spawn, spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { root } from "./paths.mjs";
import { bold, detail, red, say, seconds } from "./say.mjs";

/** A failure that is told to the user as it stands, without a stack. */
export class Failure extends Error {
  /**
   * @param {string} what What failed.
   * @param {{ output?: string, remedy?: string }} [more]
   */
  constructor(what, { output = "", remedy = "" } = {}) {
    super(what);
    this.output = output;
    this.remedy = remedy;
  }
}

/** The answer of a command that answers at once, trimmed; `null` where it fails or does not exist. */
export function ask(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, encoding: "utf8", timeout: 30_000, ...options });
  return done.status === 0 ? done.stdout.trim() : null;
}

const running = new Set();

// Every command leads a process group of its own. Ending only the command would leave behind what it
// has started: rustc, a driver, a browser.
function endGroup(child, signal = "SIGTERM") {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
  process.on(signal, () => {
    if (running.size === 0 && process.listenerCount(signal) > 1) return; // Someone else ends the process.
    process.exit(code);
  });
}

process.on("exit", () => {
  for (const child of running) endGroup(child);
});

/**
 * Runs a command to its end and never throws for its failing.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {Record<string, string | undefined>} [options.env] Added to the environment; `undefined` takes a variable away.
 * @param {string} [options.cwd]
 * @param {number} [options.limit] Seconds after which it is ended. Default: 30 minutes.
 * @param {(line: string) => void} [options.onLine] Gets each line as it comes.
 * @returns {Promise<{ ok: boolean, output: string, stdout: string, seconds: number }>}
 */
export function run(command, args, { env = {}, cwd = root, limit = 1_800, onLine } = {}) {
  const began = Date.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: merged({ NO_COLOR: "1", FORCE_COLOR: undefined, CARGO_TERM_COLOR: "never", ...env }),
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    running.add(child);
    let output = "";
    let stdout = "";
    let last = "";
    const take = (text) => {
      output += text;
      const lines = text.split("\n").filter((line) => line.trim() !== "");
      last = lines.at(-1) ?? last;
      if (onLine) lines.forEach(onLine);
    };
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      take(text);
    });
    child.stderr.setEncoding("utf8").on("data", take);
    // A step may take minutes: now and then, say that it is alive and where it is.
    const alive = setInterval(() => {
      detail(`${seconds((Date.now() - began) / 1000)}: ${last.trim().slice(0, 100)}`);
    }, 30_000);
    const overdue = setTimeout(() => {
      output += `\nended after ${seconds(limit)}, its time limit\n`;
      endGroup(child, "SIGKILL");
    }, limit * 1_000);
    const finish = (ok) => {
      clearInterval(alive);
      clearTimeout(overdue);
      running.delete(child);
      resolve({ ok, output, stdout, seconds: (Date.now() - began) / 1000 });
    };
    child.on("error", (error) => {
      output += `${command}: ${error.message}\n`;
      finish(false);
    });
    child.on("close", (code) => finish(code === 0));
  });
}

/** Runs a command that has to succeed. */
export async function step(what, remedy, command, args, options) {
  const done = await run(command, args, options);
  if (!done.ok) throw new Failure(what, { output: done.output, remedy });
  return done;
}

function merged(changes) {
  const env = { ...process.env, ...changes };
  for (const name of Object.keys(env)) if (env[name] === undefined) delete env[name];
  return env;
}

/** The last lines of an output, indented. */
export function lastLines(output, count = 30) {
  const lines = output.trimEnd().split("\n");
  return lines
    .slice(-count)
    .map((line) => `  ${line}`)
    .join("\n");
}

/**
 * Runs a script's main function where the script was started itself and not imported by another, and
 * tells a failure in words.
 */
export async function main(moduleUrl, body) {
  if (moduleUrl !== pathToFileURL(realpathSync(process.argv[1])).href) return;
  try {
    await body();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    tell(error);
    process.exitCode = 1;
  }
}

/** Prints a failure: what failed, the command's last lines, what to do. */
export function tell(failure) {
  say();
  say(red(bold(`failed: ${failure.message}`)));
  if (failure.output.trim()) say(lastLines(failure.output));
  if (failure.remedy) say(`what to do: ${failure.remedy}`);
}
