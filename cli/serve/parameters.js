/**
 * Query and form → one table of parameters, in which no name stands twice.
 */
import { visible } from "../visible.js";
import { invalid } from "./refusal.js";

/** More than the operations have, and few enough to sort for a signature. */
const MOST = 200;

/**
 * A parameter that is given twice is refused, also once in the query and once in the form: which of two values counts is
 * nowhere documented, and the wrong one would be another question.
 *
 * @param {readonly string[]} texts Each in the form of a query.
 * @returns {Map<string, string>}
 */
export function parametersOf(texts) {
  const parameters = new Map();
  for (const pair of texts.flatMap((text) => text.split("&"))) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const name = decoded(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? "" : decoded(pair.slice(at + 1));
    if (parameters.has(name)) throw invalid(shown(name), "it is given twice");
    parameters.set(name, value);
    if (parameters.size > MOST) throw invalid(shown(name), `there are more than ${MOST} parameters`);
  }
  return parameters;
}

function decoded(text) {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw invalid(shown(text), "it is not percent-encoded UTF-8");
  }
}

/** A name of the client's in a message: short, and nothing that moves a cursor. */
const shown = (name) => visible(name.slice(0, 64));
