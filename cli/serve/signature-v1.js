/**
 * Signatures of the first kind: HMAC-SHA1 over all parameters of query and form.
 */
import { createHmac } from "node:crypto";
import { canonical } from "./encoding.js";
import { invalid, missing } from "./refusal.js";

const MANDATORY = [
  "AccessKeyId",
  "Signature",
  "SignatureMethod",
  "SignatureNonce",
  "SignatureVersion",
  "Timestamp",
];

/** @returns {import("./credentials.js").Claim} */
export function claimV1({ method, parameters }) {
  const absent = MANDATORY.find((name) => !parameters.get(name));
  if (absent !== undefined) throw missing(absent);
  const text = (name) => parameters.get(name);
  if (text("SignatureMethod").toUpperCase() !== "HMAC-SHA1")
    throw invalid("SignatureMethod", "it must be HMAC-SHA1");
  if (text("SignatureVersion") !== "1.0") throw invalid("SignatureVersion", "it must be 1.0");
  return {
    id: text("AccessKeyId"),
    nonce: text("SignatureNonce"),
    time: text("Timestamp"),
    given: Buffer.from(text("Signature"), "base64"),
    expected: (secret) => {
      const signed = [...parameters].filter(([name]) => name !== "Signature");
      const whole = `${method}&%2F&${encodeURIComponent(canonical(signed))}`;
      return createHmac("sha1", `${secret}&`).update(whole).digest();
    },
  };
}
