/**
 * A filter → the request that submits it: a command of Alibaba Cloud's command line, the parameters for an SDK, or a query.
 */
import { Inventory, precheck } from "../npm/node.js";
import { asked } from "./inventory.js";
import { filterOptions, sourceIp } from "./options.js";
import { shellQuoted } from "./shell.js";

const OPERATIONS = { precheck: "PublicPreCheckImageScanTask", submit: "PublicCreateImageScanTask" };

/**
 * @param {Readonly<Record<string, string>>} filter By the names in JavaScript.
 * @param {string} kind
 */
export async function requestFor(filter, kind) {
  await judged(filter);
  const parameters = { ...parametersOf(filter), ...addressOf(filter) };
  if (kind === "sdk") return JSON.stringify(parameters, null, 2);
  if (kind === "query") return queryOf(parameters);
  return commandFor(OPERATIONS[kind], parameters);
}

/** The engine refuses what is no filter, whatever the inventory. */
async function judged(filter) {
  const inventory = await Inventory.load("Tag\n1\n");
  asked(() => precheck(/** @type {any} */ (inventory), filter));
}

// What the engine takes for blanks; `trim` has one more, and lacks one.
const BLANKS = /^\p{White_Space}+|\p{White_Space}+$/gu;

/** By wire names, each value as it goes over the wire. */
export function parametersOf(filter) {
  return Object.fromEntries(
    filterOptions
      .filter(({ parameter }) => filter[parameter] !== undefined)
      .map(({ parameter, wire }) => [wire, valuesOf(parameter, filter[parameter]).join(",")]),
  );
}

function addressOf(filter) {
  const address = filter[sourceIp.parameter]?.replaceAll(BLANKS, "");
  return address === undefined ? {} : { [sourceIp.wire]: address };
}

function valuesOf(parameter, list) {
  const values = list.split(",").map((item) => item.replaceAll(BLANKS, ""));
  const given = values.filter((value) => value !== "");
  return parameter === "digests" ? given.map(bareDigest) : given;
}

/** The documented form is the hex alone; what is no SHA-256 goes as it was given. */
function bareDigest(digest) {
  const [, hex] = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(digest) ?? [];
  return hex?.toLowerCase() ?? digest;
}

/** `aliyun sas …`, ready for a POSIX shell. */
export function commandFor(operation, parameters) {
  const words = Object.entries(parameters).map(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    // A value that begins like an option must not be taken for one.
    return text.startsWith("-") ? `--${name}=${shellQuoted(text)}` : `--${name} ${shellQuoted(text)}`;
  });
  return ["aliyun sas", operation, ...words].join(" ");
}

function queryOf(parameters) {
  // Strictly by RFC 3986, as signatures of the service want it.
  const encoded = (text) =>
    encodeURIComponent(text).replaceAll(
      /[!'()*]/g,
      (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join("&");
}
