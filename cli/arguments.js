/**
 * The command line → what is asked for, or a message that says what is wrong with it.
 */
import { parseArgs } from "node:util";
import { Failure } from "./failure.js";
import { nearest } from "./nearest.js";
import { camelCase, defaultOptions, filterOptions, kebabCase, options, sourceIp } from "./options.js";
import { checkTogether } from "./together.js";
import { date, oneOf, wholeNumber } from "./values.js";
import { visible } from "./visible.js";

const known = new Map(options.map((option) => [option.name, option]));
const fields = filterOptions.map(({ name }) => name);
const questions = /** @type {const} */ (["explain", "plan", "diff", "margin", "reconcile"]);
/** Words of the package, as the command line spells them. */
const reasons = ["charged-now", "same-digest", "already-charged", "unknown-digest", "not-scannable"];
const rules = ["digest", "repository-digest", "repository-tag", "image"];
const orders = ["most-images", "longest-unscanned"];

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
  const word = (name, known) => (has(name) ? oneOf(name, text(name), known) : undefined);
  const spelled = (name, known) => (has(name) ? packageWord(name, text(name), known) : undefined);
  const settings = {
    files,
    filter: Object.fromEntries(
      [...filterOptions, sourceIp]
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
    countBy: spelled("count-by", rules),
    inputFormat: word("input-format", ["json", "csv"]),
    question: questionOf(has),
    reason: has("reason") ? given.get("reason").flatMap(reasonsOf) : undefined,
    sort: spelled("sort", fields),
    descending: has("descending") || undefined,
    limit: number("limit"),
    by: spelled("by", [...fields, "images"]),
    first: given.get("first")?.join(","),
    order: spelled("order", orders),
    perCycle: number("per-cycle"),
    batch: number("batch"),
    old: given.get("diff") ?? [],
    earlier: given.get("earlier") ?? [],
    earlierDate: time("earlier-date"),
    date: time("date"),
    reply: text("reconcile"),
    request: word("print-request", ["precheck", "submit", "sdk", "query"]),
    format: oneOf("format", text("format") ?? "table", ["table", "json", "csv", "markdown"]),
    color: has("color") ? true : has("no-color") ? false : undefined,
    quiet: has("quiet"),
    help: has("help"),
    version: has("version"),
  };
  if (!settings.help && !settings.version) checkTogether(settings, has);
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

/** @returns {"estimate" | typeof questions[number]} */
function questionOf(has) {
  const asked = questions.filter(has);
  if (asked.length > 1) {
    throw new Failure(
      `${asked.map((name) => `--${name}`).join(" and ")} are two questions; ask one at a time`,
    );
  }
  return asked[0] ?? "estimate";
}

/** A word of the package, spelled as there, as an option or as on the wire. */
function packageWord(option, text, known) {
  return camelCase(oneOf(option, kebabCase(text), known));
}

function reasonsOf(list) {
  const items = list.split(",").map((item) => item.trim());
  return items.filter((item) => item !== "").map((item) => packageWord("reason", item, reasons));
}
