/**
 * What a request is refused with: the gateway's code, its HTTP status and a message.
 */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The gateway's words for a parameter that is not there. */
export function missing(name) {
  return new Refusal(
    400,
    "MissingParameter",
    `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
  );
}

export function invalid(name, why) {
  return new Refusal(400, "InvalidParameter", `The specified parameter "${name}" is not valid: ${why}.`);
}
