/**
 * Signatures of the third kind: ACS3-HMAC-SHA256 over method, path, query, headers and the body's hash.
 */
import { createHash, createHmac } from "node:crypto";
import { canonical } from "./encoding.js";
import { parametersOf } from "./parameters.js";
import { missing, Refusal } from "./refusal.js";

const ALGORITHM = "ACS3-HMAC-SHA256";
const MANDATORY = [
  "x-acs-action",
  "x-acs-content-sha256",
  "x-acs-date",
  "x-acs-signature-nonce",
  "x-acs-version",
];
const FORM = /^ACS3-HMAC-SHA256 +Credential=([^, ]+), *SignedHeaders=([^, ]+), *Signature=([0-9a-f]{64})$/;

export const isV3 = (headers) => headers.authorization?.startsWith(ALGORITHM) === true;

/** @returns {import("./credentials.js").Claim} */
export function claimV3({ method, path, query, headers, body }) {
  const [, id, list, signature] = FORM.exec(headers.authorization) ?? [];
  if (id === undefined) throw unlike("the header Authorization is not of the form of the algorithm");
  const absent = MANDATORY.find((name) => !headers[name]);
  if (absent !== undefined) throw missing(absent);
  const names = list.split(";");
  // What is not signed could be changed on the way: a later action under an earlier signature, say.
  const needed = Object.keys(headers).filter((name) => name === "host" || name.startsWith("x-acs-"));
  const unsigned = needed.find((name) => !names.includes(name));
  if (unsigned !== undefined) throw unlike(`the header ${unsigned} is not signed`);
  const hash = createHash("sha256").update(body).digest("hex");
  if (headers["x-acs-content-sha256"] !== hash)
    throw unlike("x-acs-content-sha256 is not the hash of the body");
  return {
    id,
    nonce: headers["x-acs-signature-nonce"],
    time: headers["x-acs-date"],
    given: Buffer.from(signature, "hex"),
    expected: (secret) => {
      const lines = names.map((name) => `${name}:${(headers[name] ?? "").trim()}\n`).join("");
      const request = [method, path, canonical(parametersOf([query])), lines, list, hash].join("\n");
      const digest = createHash("sha256").update(request).digest("hex");
      return createHmac("sha256", secret).update(`${ALGORITHM}\n${digest}`).digest();
    },
  };
}

const unlike = (why) =>
  new Refusal(
    403,
    "SignatureDoesNotMatch",
    `Specified signature is not matched with our calculation: ${why}.`,
  );
