/**
 * The one table of options: their names, what they take, and what the help says of them.
 */

/**
 * @typedef {object} Option
 * @property {string} name As it is written behind `--`.
 * @property {"flag" | "text" | "list"} kind A list may be given several times, and its values join.
 * @property {string} group The heading under which the help has it.
 * @property {string} [hint] What the help calls its value.
 * @property {string} [short] One letter.
 * @property {string} help
 */

/** The filter's options, with the parameter's name in JavaScript and on the wire. */
export const filterOptions = [
  filter("registry-types", "acr,harbor", "kind of registry: acr, harbor, quay, …"),
  filter("region-ids", "REGION,…", "region, such as cn-hangzhou"),
  filter("instance-ids", "ID,…", "Container Registry instance"),
  filter("repo-namespaces", "NAME,…", "namespace of the repository"),
  filter("repo-ids", "ID,…", "repository id"),
  filter("repo-names", "NAME,…", "repository name"),
  filter("digests", "DIGEST,…", "digest, with or without sha256:"),
  filter("tags", "TAG,…", "tag, such as latest"),
];

/** The options for fields that an export lacks, with the field's name in JavaScript. */
export const defaultOptions = [
  byDefault("registry-type"),
  byDefault("region-id"),
  byDefault("instance-id"),
  byDefault("repo-namespace"),
  byDefault("repo-id"),
  byDefault("repo-name"),
];

/** @type {readonly Option[]} */
export const options = [
  ...filterOptions,
  text("remaining", "Quota", "N", "quota that remains; exit code 2 where the scan needs more"),
  text("purchase-step", "Quota", "N", "quota is sold in steps of N (20)"),
  text("max-quota", "Quota", "N", "exit code 2 where the scan consumes more than N"),
  text("cycle-start", "Quota", "DATE", "start of the billing cycle: scanned since is charged already"),
  text("charge-model", "Quota", "FILE", "a charge model, or the name of one that is in the package"),
  text("now", "Quota", "DATE", "what time it is, for tags that end and monthly cycles"),
  flag("explain", "Questions", "every image, with what it consumes and why"),
  flag("plan", "Questions", "what to scan within --remaining, as requests"),
  text("by", "Questions", "FIELD", "the plan takes whole values of a field, such as repo-namespaces"),
  list("diff", "Questions", "OLD", "what has changed since the inventory in OLD"),
  text("print-request", "Questions", "KIND", "the filter as a request: precheck, submit, sdk or query"),
  text("format", "Output", "FORMAT", "table, json, csv or markdown (table)"),
  flag("color", "Output", "colours, also where no terminal is"),
  flag("no-color", "Output", "no colours"),
  flag("quiet", "Output", "nothing on standard error but errors", "q"),
  flag("help", "Output", "this text", "h"),
  flag("version", "Output", "the version", "V"),
  ...defaultOptions,
];

function filter(name, hint, help) {
  const parameter = camelCase(name);
  const wire = parameter[0].toUpperCase() + parameter.slice(1);
  return { ...list(name, "Filter", hint, help), parameter, wire };
}

function byDefault(field) {
  const help = `${field.replaceAll("-", " ")} of rows without one`;
  return {
    ...text(`default-${field}`, "Fields that an export lacks", "VALUE", help),
    field: camelCase(field),
  };
}

/** @returns {Option} */
function flag(name, group, help, short) {
  return { name, kind: "flag", group, help, short };
}

/** @returns {Option} */
function text(name, group, hint, help) {
  return { name, kind: "text", group, hint, help };
}

/** @returns {Option} */
function list(name, group, hint, help) {
  return { name, kind: "list", group, hint, help };
}

/** `repo-names` → `repoNames`. */
export function camelCase(name) {
  return name.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());
}

/** `RepoNames` and `repoNames` → `repo-names`: the operation's own spelling is taken too. */
export function kebabCase(name) {
  return name.replaceAll(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
