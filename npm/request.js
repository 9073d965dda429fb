/**
 * Parameters of a request by their wire names → what submits them: a command of Alibaba Cloud's command line, parameters
 * for an SDK, a query, or a body. The same for the command line and the page.
 */
import { shellQuoted } from "./shell.js";

export const OPERATIONS = { precheck: "PublicPreCheckImageScanTask", submit: "PublicCreateImageScanTask" };

/** The version of the service's interface that has these operations. */
const VERSION = "2018-12-03";

/** The request parameter that a field of a filter is: `repoNames` → `RepoNames`. @param {string} field */
export const wireName = (field) => field.charAt(0).toUpperCase() + field.slice(1);

/** The documented form of a digest is the hex alone; what is no SHA-256 goes as it was given. @param {string} digest */
export function bareDigest(digest) {
  const [, hex] = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(digest) ?? [];
  return hex?.toLowerCase() ?? digest;
}

/**
 * `aliyun sas …`, ready for a POSIX shell.
 *
 * @param {string} operation
 * @param {Readonly<Record<string, unknown>>} parameters
 */
export function commandFor(operation, parameters) {
  const words = Object.entries(parameters).map(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    // A value that begins like an option must not be taken for one.
    return text.startsWith("-") ? `--${name}=${shellQuoted(text)}` : `--${name} ${shellQuoted(text)}`;
  });
  return ["aliyun sas", operation, ...words].join(" ");
}

/** Percent-encoding strictly by RFC 3986, as signatures of the service want it. @param {string} text */
export function encoded(text) {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** @param {Readonly<Record<string, string>>} parameters */
export function queryOf(parameters) {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join("&");
}

/** The whole query of a call, but for what signs it. @param {string} operation @param {Readonly<Record<string, string>>} parameters */
export const callOf = (operation, parameters) =>
  queryOf({ Action: operation, Version: VERSION, ...parameters });
