/**
 * Parameters as both kinds of signature want them.
 */
import { encoded } from "../../npm/request.js";

/**
 * Names in the order of their bytes, each with its value.
 *
 * @param {Iterable<readonly [string, string]>} parameters
 */
export function canonical(parameters) {
  return [...parameters]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .join("&");
}

const nameOf = (pair) => pair.slice(0, pair.indexOf("="));
