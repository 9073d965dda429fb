/**
 * The command line → what is asked for, or a message that says what is wrong with it.
 */
import { parseArgs } from "node:util";
import { Failure } from "./failure.js";
import { nearest } from "./nearest.js";
import { camelCase, defaultOptions, filterOptions, kebabCase, options } from "./options.js";
import { date, oneOf, wholeNumber } from "./values.js";
import { visible } from "./visible.js";

const known = new Map(options.map((option) => [option.name, option]));
const fields = filterOptions.map(({ name }) => name);

/**
 * @typedef {ReturnType<typeof settingsOf>} Settings
 * @param {readonly string[]} args
 */
export function settingsOf(args) {
  const { files, given } = read(args);
  const text = (name) => given.get(name)?.[0];
  const has = (name) => given.has(name);
  const number = (name) => (has(name) ? wholeNumber(name, text(name)) : undefined);
  const time = (name) => (has(name) ? date(name, text(name)) : undefined);
  const settings = {
    files,
    filter: Object.fromEntries(
      filterOptions
        .filter(({ name }) => has(name))
        .map(({ name, parameter }) => [parameter, given.get(name).join(",")]),
    ),
    defaults: Object.fromEntries(
      defaultOptions.filter(({ name }) => has(name)).map(({ name, field }) => [field, text(name)]),
    ),
    remaining: number("remaining"),
    purchaseStep: number("purchase-step"),
    maxQuota: number("max-quota"),
    cycleStart: time("cycle-start"),
    now: time("now"),
    chargeModel: text("charge-model"),
    question: /** @type {"estimate" | "explain" | "plan" | "diff"} */ (questionOf(has)),
    by: has("by") ? fieldOf("by", text("by")) : undefined,
    old: given.get("diff") ?? [],
    request: has("print-request")
      ? oneOf("print-request", text("print-request"), ["precheck", "submit", "sdk", "query"])
      : undefined,
    format: oneOf("format", text("format") ?? "table", ["table", "json", "csv", "markdown"]),
    color: has("color") ? true : has("no-color") ? false : undefined,
    quiet: has("quiet"),
    help: has("help"),
    version: has("version"),
  };
  if (!settings.help && !settings.version) check(settings, has);
  return settings;
}

/** The files, and of each option its values in their order. */
function read(args) {
  const { tokens } = parseArgs({
    args: asNamed(args),
    options: Object.fromEntries(
      options.map(({ name, kind, short }) => [
        name,
        { type: kind === "flag" ? /** @type {const} */ ("boolean") : "string", ...(short && { short }) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const files = [];
  /** @type {Map<string, string[]>} */
  const given = new Map();
  for (const token of tokens) {
    if (token.kind === "positional") files.push(token.value);
    if (token.kind !== "option") continue;
    const option = known.get(token.name);
    if (option === undefined) throw unknownOption(token.rawName);
    const values = given.get(option.name) ?? [];
    if (option.kind === "flag") {
      if (token.value !== undefined)
        throw new Failure(`--${option.name} takes no value; leave out \`=${visible(token.value)}\``);
    } else {
      values.push(givenValue(option, token));
      if (option.kind === "text" && values.length > 1) {
        throw new Failure(
          `--${option.name} is given twice, as \`${visible(values[0])}\` and \`${visible(values[1])}\`; keep one`,
        );
      }
    }
    given.set(option.name, values);
  }
  return { files, given };
}

/** `--RepoNames` and `--repoNames=x` as `--repo-names`; behind `--` all are files. */
function asNamed(args) {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  return args.map((argument, at) => {
    if (at >= end || !argument.startsWith("--")) return argument;
    const [name] = argument.slice(2).split("=", 1);
    const own = kebabCase(name);
    return known.has(own) ? `--${own}${argument.slice(2 + name.length)}` : argument;
  });
}

/** @param {import("./options.js").Option} option */
function givenValue({ name, hint }, { value, inlineValue }) {
  if (value === undefined) throw new Failure(`--${name} needs a value: --${name} ${hint}`);
  // A forgotten value would take the next option for one, and no one would know.
  if (!inlineValue && value.length > 1 && value.startsWith("-")) {
    throw new Failure(
      `--${name} needs a value, but \`${visible(value)}\` follows; a value that begins with - is written --${name}=${visible(value)}`,
    );
  }
  // An unset variable of a script must not become a question about every image.
  if (value.split(",").every((item) => item.trim() === "")) {
    throw new Failure(`--${name} is given without a value in it; leave it out, or write --${name} ${hint}`);
  }
  return value;
}

function unknownOption(written) {
  const name = kebabCase(written.replace(/^-+/, ""));
  const meant = nearest(name, [...known.keys()]);
  const hint = meant === undefined ? "`scan-precheck --help` lists all" : `did you mean \`--${meant}\`?`;
  return new Failure(`there is no option \`${visible(written)}\`; ${hint}`);
}

function questionOf(has) {
  const asked = ["explain", "plan", "diff"].filter(has);
  if (asked.length > 1) {
    throw new Failure(
      `${asked.map((name) => `--${name}`).join(" and ")} are two questions; ask one at a time`,
    );
  }
  return asked[0] ?? "estimate";
}

/** A field by its option, in JavaScript or on the wire. */
function fieldOf(option, text) {
  return camelCase(oneOf(option, kebabCase(text), [...fields, "images"]));
}

function check(settings, has) {
  const { files, question, request, old } = settings;
  if (has("color") && has("no-color"))
    throw new Failure("--color and --no-color contradict each other; keep one");
  if (question === "plan" && settings.remaining === undefined) {
    throw new Failure("--plan needs to know what remains: add --remaining N");
  }
  if (has("by") && question !== "plan")
    throw new Failure("--by says what a plan is made of: add --plan, or leave it out");
  if (has("purchase-step") && settings.remaining === undefined) {
    throw new Failure("--purchase-step says how to buy what is missing: add --remaining N, or leave it out");
  }
  if (settings.purchaseStep === 0) throw new Failure("--purchase-step must be 1 or more, but it is 0");
  const read = files.length === 0 ? ["-"] : files;
  if ([...read, ...old].filter((file) => file === "-").length > 1) {
    throw new Failure("standard input (-) can be read only once; name a file for the other");
  }
  if (request === undefined) return;
  if (files.length > 0) {
    throw new Failure(`--print-request reads no inventory; leave out \`${visible(files[0])}\``);
  }
  const allowed = ["print-request", "color", "no-color", "quiet", ...fields];
  const other = options.find(({ name }) => has(name) && !allowed.includes(name));
  if (other) throw new Failure(`--print-request prints the filter alone; leave out --${other.name}`);
}
