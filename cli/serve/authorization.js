/**
 * Whether the policies given allow a call.
 */
import { authorize } from "../../npm/node.js";
import { Failure } from "../failure.js";
import { Refusal } from "./refusal.js";

/**
 * @param {string} policies The text of one policy, or of a list of some.
 * @returns {(action: string, address: string) => void} It throws where the call is refused.
 */
export function authorizerFor(policies) {
  const list = listIn(policies);
  const ask = (action, context) =>
    authorize(/** @type {any} */ (list), { action: `yundun-sas:${action}`, context });
  try {
    // What is wrong with a policy is told at the start, and not to the first who calls.
    ask("PublicPreCheckImageScanTask", {});
  } catch (error) {
    throw new Failure(`--policy: ${/** @type {Error} */ (error).message}`, { cause: error });
  }
  return (action, address) => {
    const { allowed, reason } = ask(action, {
      "acs:SourceIp": address,
      "acs:CurrentTime": Date.now(),
      "acs:SecureTransport": false,
    });
    if (!allowed)
      throw new Refusal(403, "NoPermission", `You are not authorized to do this action: ${reason}.`);
  };
}

/** A list of policies goes on as texts are: the engine then tells line and column. */
function listIn(text) {
  if (!text.trimStart().startsWith("[")) return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`--policy: the list is no JSON: ${/** @type {Error} */ (error).message}`);
  }
}
