/**
 * One request → status and text: who calls, what is asked, may it be asked, and the answer.
 */
import { randomUUID } from "node:crypto";
import { answered, isAction } from "./actions.js";
import { parametersOf } from "./parameters.js";
import { invalid, missing, Refusal } from "./refusal.js";
import { textOf } from "./reply.js";
import { isV3 } from "./signature-v3.js";

const VERSION = "2018-12-03";

/**
 * @typedef {object} Call
 * @property {string} method
 * @property {string} path
 * @property {string} query
 * @property {Record<string, string>} headers
 * @property {Buffer} body
 * @property {string} address Where the connection comes from.
 *
 * @param {{ state: any, verify?: (call: any) => void, permit?: (action: string, address: string) => void, host: () => string }} parts
 */
export function endpointOf({ state, verify, permit, host }) {
  /** @param {Call} call */
  return async (call) => {
    const RequestId = randomUUID().toUpperCase();
    // Of the third kind of signature there is no Format, and its clients read JSON.
    const asked = {
      format: /** @type {"JSON" | "XML"} */ (isV3(call.headers) ? "JSON" : "XML"),
      action: "-",
    };
    try {
      asked.format = formatIn(call, asked.format);
      const parameters = parametersIn(call);
      const action = actionIn(call, parameters);
      if (isAction(action)) asked.action = action;
      verify?.({ ...call, parameters });
      if (!isAction(action))
        throw new Refusal(
          404,
          "InvalidAction.NotFound",
          "Specified api is not found, please check your url and method.",
        );
      permit?.(action, call.address);
      const answer = await answered(state, action, parameters);
      return {
        status: 200,
        ...asked,
        RequestId,
        ...textOf(asked.format, `${action}Response`, { ...answer, RequestId }),
      };
    } catch (error) {
      const fault = error instanceof Refusal ? undefined : error;
      const { status, code, message } = fault ? serverError() : /** @type {Refusal} */ (error);
      const body = { RequestId, HostId: host(), Code: code, Message: message };
      return { status, code, fault, ...asked, RequestId, ...textOf(asked.format, "Error", body) };
    }
  };
}

const serverError = () => new Refusal(500, "ServerError", "ServerError");

function parametersIn({ query, headers, body }) {
  const type = (headers["content-type"] ?? "").split(";")[0].trim().toLowerCase();
  // Clients name other types, or none, for a body that is empty.
  if (body.length > 0 && type !== "application/x-www-form-urlencoded")
    throw invalid("Content-Type", "a body must be application/x-www-form-urlencoded");
  return parametersOf([query, body.toString("latin1")]);
}

/** Read before the parameters are judged, so that their refusal has the form that was asked for. */
function formatIn({ query, body }, usual) {
  const given = [query, body.toString("latin1")].map((text) => new URLSearchParams(text).get("Format"));
  const text = (given[0] ?? given[1])?.toUpperCase();
  if (!text) return usual;
  if (text !== "JSON" && text !== "XML") throw invalid("Format", "it must be JSON or XML");
  return text;
}

/** By the header where there is one; a parameter that says otherwise is refused. */
function actionIn({ headers }, parameters) {
  const action = one("Action", headers["x-acs-action"], parameters.get("Action"));
  const version = one("Version", headers["x-acs-version"], parameters.get("Version"));
  if (version !== VERSION) throw invalid("Version", `it must be ${VERSION}`);
  return action;
}

function one(name, header, parameter) {
  if (!header && !parameter) throw missing(name);
  if (header && parameter && header !== parameter) throw invalid(name, "header and parameter differ");
  return header || parameter;
}
