/**
 * An endpoint as a child process, on a free port, that ends with the test.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { env, main } from "../cli/support.js";

export async function served(t, args) {
  const child = spawn(process.execPath, [main, "serve", ...args, "--log", "json"], { env });
  const ended = once(child, "exit");
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    log += text;
  });
  t.after(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  const [line] = await Promise.race([
    once(child.stdout.setEncoding("utf8"), "data"),
    ended.then(() => {
      throw new Error(log);
    }),
  ]);
  return { ...JSON.parse(line), child, ended, log: () => log };
}
