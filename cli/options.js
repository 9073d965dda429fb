/**
 * The one table of options: their names, what they take, and what the help says of them.
 */
import { wireName } from "../npm/request.js";

/**
 * @typedef {object} Option
 * @property {string} name As it is written behind `--`.
 * @property {"flag" | "text" | "list"} kind A list may be given several times, and its values join.
 * @property {string} group The heading under which the help has it.
 * @property {string} [hint] What the help calls its value.
 * @property {string} [short] One letter.
 * @property {string} [of] The question that it belongs to; with no other it means anything.
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
  text("count-by", "Quota", "RULE", "count by digest, repository-digest, repository-tag or image"),
  text("now", "Quota", "DATE", "what time it is, for tags that end and monthly cycles"),
  flag("explain", "Questions", "every image, with what it consumes and why"),
  flag("plan", "Questions", "what to scan within --remaining, as requests"),
  list("diff", "Questions", "OLD", "what has changed since the inventory in OLD"),
  flag("margin", "Questions", "how many new digests --remaining covers"),
  text("reconcile", "Questions", "REPLY", "why the service's reply, in a file or -, says other numbers"),
  text("print-request", "Questions", "KIND", "the filter as a request: precheck, submit, sdk or query"),
  list("reason", "With --explain", "REASON,…", "only images with a reason, such as charged-now", "explain"),
  text("sort", "With --explain", "FIELD", "in the order of a field, such as tags", "explain"),
  flag("descending", "With --explain", "backwards", undefined, "explain"),
  text("limit", "With --explain", "N", "at most N images", "explain"),
  text("by", "With --plan", "FIELD", "whole values of a field, such as repo-namespaces", "plan"),
  list("first", "With --plan", "VALUE,…", "values of the field --by that come before all others", "plan"),
  text("order", "With --plan", "ORDER", "most-images or longest-unscanned (most-images)", "plan"),
  text("per-cycle", "With --plan", "N", "quota of each further cycle: also says what comes in which", "plan"),
  text("batch", "With --plan", "N", "values or images in one request (500)", "plan"),
  list("earlier", "With --margin", "OLD", "until when, at the rate of new digests since OLD", "margin"),
  text("earlier-date", "With --margin", "DATE", "when OLD was exported", "margin"),
  text("date", "With --margin", "DATE", "when FILE was exported", "margin"),
  text("source-ip", "With --print-request", "ADDRESS", "source address of the request", "print-request"),
  text("input-format", "Input", "FORMAT", "json or csv, where the content does not tell which"),
  text("format", "Output", "FORMAT", "table, json, csv or markdown (table)"),
  flag("color", "Output", "colours, also where no terminal is"),
  flag("no-color", "Output", "no colours"),
  flag("quiet", "Output", "nothing on standard error but errors", "q"),
  flag("help", "Output", "this text", "h"),
  flag("version", "Output", "the version", "V"),
  ...defaultOptions,
];

/** The parameter that is no field of an image; it is checked and changes no number. */
export const sourceIp = { name: "source-ip", parameter: "sourceIp", wire: "SourceIp" };

function filter(name, hint, help) {
  const parameter = camelCase(name);
  return { ...list(name, "Filter", hint, help), parameter, wire: wireName(parameter) };
}

function byDefault(field) {
  const help = `${field.replaceAll("-", " ")} of rows without one`;
  return {
    ...text(`default-${field}`, "Fields that an export lacks", "VALUE", help),
    field: camelCase(field),
  };
}

/** @returns {Option} */
function flag(name, group, help, short, of) {
  return { name, kind: "flag", group, help, short, of };
}

/** @returns {Option} */
function text(name, group, hint, help, of) {
  return { name, kind: "text", group, hint, help, of };
}

/** @returns {Option} */
function list(name, group, hint, help, of) {
  return { name, kind: "list", group, hint, help, of };
}

/** `repo-names` → `repoNames`. */
export function camelCase(name) {
  return name.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());
}

/** `RepoNames` and `repoNames` → `repo-names`: the operation's own spelling is taken too. */
export function kebabCase(name) {
  return name.replaceAll(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
