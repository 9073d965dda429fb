/**
 * What a measurement needs beforehand, and a process of its own for each peer that is measured.
 */
import { execFileSync, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { benchFolder, inBench, inProject } from "./sizes.mjs";

/** Sees to it that the module and the peers are there. */
export function makeReady({ say, stop }) {
  if (!existsSync(inProject("pkg/scan_precheck_bg.wasm")))
    stop("pkg/ is not built: run `npm run build -- --wasm-only` first");
  if (existsSync(inBench("node_modules"))) return;
  say("Installing the peers' packages into bench/node_modules (once, some 160 MB) …");
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: benchFolder, stdio: ["ignore", 2, 2] });
}

/** Runs one task of a peer. */
export function inProcessOfItsOwn(task) {
  return new Promise((resolve, reject) => {
    const child = fork(inBench("child.mjs"), {
      execArgv: ["--expose-gc", "--max-old-space-size=12288"],
      serialization: "advanced",
    });
    child.once("message", (result) => (result.error ? reject(new Error(result.error)) : resolve(result)));
    child.once("exit", (code, signal) =>
      reject(new Error(`${task.peer} ended with ${signal ?? code} before it had answered`)),
    );
    child.send(task);
  });
}
