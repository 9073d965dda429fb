/**
 * The options of `serve`, and the command line → settings.
 */
import { parseArgs } from "node:util";
import { Failure } from "../failure.js";
import { date, oneOf, wholeNumber } from "../values.js";
import { visible } from "../visible.js";

/** Name, what it takes, and what the help says. */
const OPTIONS = [
  ["port", "N", "port; 0 takes a free one (0)"],
  ["host", "ADDRESS", "address to listen on (127.0.0.1)"],
  ["capacity", "N", "ImageScanCapacity: the quota bought (0)"],
  ["used", "N", "ScanCount: the quota used already (0)"],
  ["access-key", "ID:SECRET", "verify signatures by this key; without it, any is accepted"],
  ["policy", "FILE", "RAM policies, one or a list, as JSON"],
  ["cycle-start", "DATE", "start of the billing cycle: scanned since is charged already"],
  ["charge-model", "FILE", "a charge model, or the name of one that is in the package"],
  ["now", "DATE", "what time it is, for tags that end and monthly cycles"],
  ["log", "FORM", "text or json, on standard error (text)"],
];

export function serveHelp() {
  const lines = OPTIONS.map(([name, hint, help]) => `  ${`--${name} ${hint}`.padEnd(28)} ${help}`);
  return `A local endpoint that answers the operation's own clients from an inventory.

  scan-precheck serve FILE… [options]

${lines.join("\n")}
  --help                       this text
`;
}

export function serveSettings(args) {
  const { values, positionals: files } = parsed(args);
  if (values.help) return { help: true };
  const text = (name) => /** @type {string | undefined} */ (values[name]);
  const number = (name, usual) => (text(name) === undefined ? usual : wholeNumber(name, text(name)));
  const time = (name) => (text(name) === undefined ? undefined : date(name, text(name)));
  if (files.length === 0) throw new Failure("serve needs a FILE, or - for standard input");
  const port = number("port", 0);
  if (port > 65_535) throw new Failure(`--port must be from 0 to 65535, but it is ${port}`);
  return {
    files,
    port,
    host: text("host") ?? "127.0.0.1",
    // The reply's numbers are of 32 bits.
    capacity: within("capacity", number("capacity", 0)),
    used: within("used", number("used", 0)),
    key: text("access-key") === undefined ? undefined : keyIn(text("access-key")),
    policy: text("policy"),
    cycleStart: time("cycle-start"),
    now: time("now"),
    chargeModel: text("charge-model"),
    log: /** @type {"text" | "json"} */ (oneOf("log", text("log") ?? "text", ["text", "json"])),
  };
}

function parsed(args) {
  const options = Object.fromEntries(
    OPTIONS.map(([name]) => [name, { type: /** @type {const} */ ("string") }]),
  );
  try {
    return parseArgs({
      args,
      options: { ...options, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new Failure(`${visible(/** @type {Error} */ (error).message)}; see scan-precheck serve --help`);
  }
}

function within(name, number) {
  if (number > 2 ** 31 - 1)
    throw new Failure(`--${name} must be at most ${2 ** 31 - 1}, but it is ${number}`);
  return number;
}

/** The message does not repeat what was given: it is a secret. */
function keyIn(text) {
  const at = text.indexOf(":");
  if (at < 1 || at === text.length - 1) throw new Failure("--access-key must be of the form ID:SECRET");
  return { id: text.slice(0, at), secret: text.slice(at + 1) };
}
