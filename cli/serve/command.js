/**
 * The command `scan-precheck serve`: from its options to a server that listens until it is told to stop.
 */
import { readFileSync } from "node:fs";
import { Failure } from "../failure.js";
import { loaded } from "../inventory.js";
import { chargeModel } from "../model.js";
import { unreadable } from "../sources.js";
import { authorizerFor } from "./authorization.js";
import { verifierFor } from "./credentials.js";
import { endpointOf } from "./endpoint.js";
import { httpServer } from "./http.js";
import { rowsOf } from "./images.js";
import { logIn } from "./log.js";
import { serveHelp, serveSettings } from "./options.js";
import { stateOf } from "./state.js";

/** How long requests under way may take after a signal, in milliseconds. */
const GRACE = 2_000;

/** @param {readonly string[]} args Behind the word `serve`. */
export async function serve(args) {
  const settings = /** @type {any} */ (serveSettings([...args]));
  if (settings.help) return void process.stdout.write(serveHelp());
  const permit = settings.policy === undefined ? undefined : authorizerFor(policyIn(settings.policy));
  const state = await started(settings);
  const { host, port, key, log } = settings;
  let address = "";
  const verify = key && verifierFor(key);
  const server = httpServer(endpointOf({ state, verify, permit, host: () => address }), logIn(log));
  address = await listening(server, host, port);
  const url = `http://${address}`;
  const signatures = key ? "verified" : "any accepted";
  process.stdout.write(
    log === "json"
      ? `${JSON.stringify({ url, images: state.inventory.images, signatures })}\n`
      : `${url} (${state.inventory.images} images; signatures: ${signatures})\n`,
  );
  await stopped(server);
  state.inventory.free();
}

/** The files as they are told by the engine with every scan time, then under the rule asked for. */
async function started({ files, cycleStart, now, chargeModel: given, capacity, used }) {
  const model = given === undefined ? undefined : chargeModel(given);
  const everyTime = { defaults: {}, cycleStart: 0, now, countBy: "image" };
  const quiet = { report: () => {}, wipe: () => {} };
  const { inventory } = await loaded(files, /** @type {any} */ (everyTime), /** @type {any} */ (quiet));
  const rows = rowsOf(inventory);
  inventory.free();
  if (rows.length === 0) throw new Failure("the inventory holds no image to serve");
  return stateOf(rows, { capacity, used, rule: { cycleStart, now, model } });
}

function policyIn(path) {
  try {
    return readFileSync(path, "utf8").replace(/^\ufeff/, "");
  } catch (error) {
    throw unreadable(path, error);
  }
}

function listening(server, host, port) {
  return new Promise((resolve, reject) => {
    server.once("error", (error) =>
      reject(new Failure(`cannot listen on ${host}, port ${port}: ${error.code}`, { cause: error })),
    );
    server.listen(port, host, () => {
      const { address, port: taken, family } = server.address();
      resolve(`${family === "IPv6" ? `[${address}]` : address}:${taken}`);
    });
  });
}

function stopped(server) {
  return new Promise((resolve) => {
    const stop = () => {
      process.off("SIGTERM", stop).off("SIGINT", stop);
      const timer = setTimeout(() => server.closeAllConnections(), GRACE);
      server.close(() => {
        clearTimeout(timer);
        resolve(undefined);
      });
      server.closeIdleConnections();
    };
    process.on("SIGTERM", stop).on("SIGINT", stop);
  });
}
