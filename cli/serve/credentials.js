/**
 * Who calls: the key, the clock, the signature, and that no request comes a second time.
 */
import { timingSafeEqual } from "node:crypto";
import { invalid, Refusal } from "./refusal.js";
import { claimV1 } from "./signature-v1.js";
import { claimV3, isV3 } from "./signature-v3.js";

/**
 * @typedef {object} Claim What a request says of its sender.
 * @property {string} id
 * @property {string} nonce
 * @property {string} time
 * @property {Buffer} given
 * @property {(secret: string) => Buffer} expected
 */

/** How far the client's clock may be off, in milliseconds. */
const SKEW = 15 * 60_000;
/** So many nonces are kept: above, requests are refused rather than that one could come twice. */
const MOST_NONCES = 200_000;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/**
 * @param {{ id: string, secret: string }} key
 * @param {() => number} clock
 */
export function verifierFor(key, clock = Date.now) {
  /** @type {Map<string, number>} By nonce, when it may be forgotten; the oldest stand first. */
  const nonces = new Map();
  return (request) => {
    const claim = isV3(request.headers) ? claimV3(request) : claimV1(request);
    if (claim.id !== key.id)
      throw new Refusal(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
    const now = clock();
    checkTime(claim.time, now);
    const expected = claim.expected(key.secret);
    if (claim.given.length !== expected.length || !timingSafeEqual(claim.given, expected))
      throw new Refusal(
        403,
        "SignatureDoesNotMatch",
        "Specified signature is not matched with our calculation.",
      );
    // Only after the signature, or anyone could use up the nonces of others.
    keep(claim.nonce, now);
  };

  function keep(nonce, now) {
    for (const [known, end] of nonces) {
      if (end > now) break;
      nonces.delete(known);
    }
    if (nonces.has(nonce))
      throw new Refusal(400, "SignatureNonceUsed", "The specified signature nonce was used already.");
    if (nonces.size >= MOST_NONCES)
      throw new Refusal(400, "Throttling", "Request was denied due to request throttling.");
    // A request of the near future stays valid until its own time plus the skew.
    nonces.set(nonce, now + 2 * SKEW);
  }
}

function checkTime(text, now) {
  const time = TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw invalid("Timestamp", "it must be of the form 2026-11-25T12:00:00Z");
  if (Math.abs(now - time) > SKEW)
    throw new Refusal(
      400,
      "InvalidTimeStamp.Expired",
      "Specified time stamp or date value is expired: it is more than 15 minutes from this clock.",
    );
}
