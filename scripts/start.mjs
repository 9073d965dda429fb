/**
 * The whole product on this machine: sets up, builds what is out of date, serves the page.
 *
 *   node scripts/start.mjs [--port N]    default 4173; a port in use gives way to the next free one
 *
 * Ctrl-C ends it. The server listens to this machine alone.
 */
import { createServer } from "node:net";
import { build } from "./build.mjs";
import { inRoot } from "./lib/paths.mjs";
import { Failure, main } from "./lib/run.mjs";
import { bold, say } from "./lib/say.mjs";
import { setup } from "./setup.mjs";

const host = "127.0.0.1";

/** The first free port from the one asked for. */
async function freePort(first) {
  for (let port = first; port < Math.min(first + 100, 65_536); port += 1) {
    if (await isFree(port)) return port;
  }
  throw new Failure(`no port from ${first} on is free`, { remedy: "name another with --port N" });
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

function askedPort(args) {
  if (args.length === 0) return 4173;
  const text = args[0] === "--port" ? args[1] : args[0].startsWith("--port=") ? args[0].slice(7) : undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Failure(`cannot read \`${args.join(" ")}\``, { remedy: "use --port N with N from 1 to 65535" });
}

await main(import.meta.url, async () => {
  const wanted = askedPort(process.argv.slice(2));
  await build(await setup());
  const port = await freePort(wanted);
  // Only now: before the setup there may be no Vite.
  const { preview } = await import("vite");
  const server = await preview({
    root: inRoot("www"),
    configFile: inRoot("www", "vite.config.ts"),
    logLevel: "warn",
    preview: { host, port, strictPort: true, open: false },
  });
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, async () => {
      // Being told to end is no failure: npm would report one.
      process.exitCode = 0;
      await server.close();
      process.exit();
    });
  }
  say();
  say(`scan-precheck is at ${bold(`http://${host}:${port}/`)}`);
  say("Ctrl-C ends it.");
});
