/** Signatures of both kinds: what is right passes once, and whatever was changed, late or sent again is refused by its code. */
import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { describe, test } from "node:test";
import { verifierFor } from "../../cli/serve/credentials.js";
import { parametersOf } from "../../cli/serve/parameters.js";

const KEY = { id: "ID", secret: "SECRET" };
const NOW = Date.parse("2026-11-25T12:00:00Z");
const MINUTE = 60_000;
const stamp = (time) => `${new Date(time).toISOString().slice(0, 19)}Z`;
const escaped = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
const query = (entries) =>
  entries
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join("&");

/** A request of the first kind, signed as the service's documents say; `after` changes it once it is signed. */
function first({ secret = KEY.secret, time = NOW, nonce = "n", after = {} } = {}) {
  const parameters = {
    Action: "PublicPreCheckImageScanTask",
    Tags: "it's (a) *, ü ~",
    AccessKeyId: KEY.id,
    SignatureMethod: "HMAC-SHA1",
    SignatureNonce: nonce,
    SignatureVersion: "1.0",
    Timestamp: stamp(time),
  };
  const text = `POST&${escaped("/")}&${escaped(query(Object.entries(parameters)))}`;
  const Signature = createHmac("sha1", `${secret}&`).update(text).digest("base64");
  const changed = Object.entries({ ...parameters, Signature, ...after }).filter(
    ([, value]) => value !== undefined,
  );
  return {
    method: "POST",
    path: "/",
    query: "",
    headers: {},
    body: Buffer.alloc(0),
    parameters: new Map(changed),
  };
}

/** The same of the third kind. */
function third({
  secret = KEY.secret,
  time = NOW,
  nonce = "n",
  after = {},
  body = Buffer.from("Tags=a%2Cb"),
  sent = body,
  asked = "",
} = {}) {
  const hash = createHash("sha256").update(body).digest("hex");
  const headers = {
    host: "127.0.0.1",
    "x-acs-action": "PublicPreCheckImageScanTask",
    "x-acs-content-sha256": hash,
    "x-acs-date": stamp(time),
    "x-acs-signature-nonce": nonce,
    "x-acs-version": "2018-12-03",
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join("");
  const request = ["POST", "/", "RegionIds=cn-hangzhou", lines, names.join(";"), hash].join("\n");
  const whole = `ACS3-HMAC-SHA256\n${createHash("sha256").update(request).digest("hex")}`;
  const signature = createHmac("sha256", secret).update(whole).digest("hex");
  headers.authorization = `ACS3-HMAC-SHA256 Credential=${KEY.id},SignedHeaders=${names.join(";")},Signature=${signature}`;
  const changed = Object.fromEntries(
    Object.entries({ ...headers, ...after }).filter(([, value]) => value !== undefined),
  );
  const text = asked || "RegionIds=cn-hangzhou";
  return {
    method: "POST",
    path: "/",
    query: text,
    headers: changed,
    body: sent,
    parameters: parametersOf([text]),
  };
}

const refused = (verify, request, code) =>
  assert.throws(
    () => verify(request),
    (error) => error.code === code || assert.fail(`${error.code}: ${error.message}`),
  );

for (const [kind, signed, changes] of [
  [
    "first",
    first,
    [
      [{ secret: "OTHER" }, "SignatureDoesNotMatch"],
      [{ after: { Tags: "latest" } }, "SignatureDoesNotMatch"],
      [{ after: { More: "1" } }, "SignatureDoesNotMatch"],
      [{ after: { Signature: "" } }, "MissingParameter"],
      [{ after: { Signature: "AAAA" } }, "SignatureDoesNotMatch"],
      [{ after: { SignatureNonce: undefined } }, "MissingParameter"],
      [{ after: { SignatureMethod: "HMAC-SHA256" } }, "InvalidParameter"],
      [{ after: { SignatureVersion: "2.0" } }, "InvalidParameter"],
      [{ after: { Timestamp: "today" } }, "InvalidParameter"],
      [{ after: { AccessKeyId: "ELSE" } }, "InvalidAccessKeyId.NotFound"],
    ],
  ],
  [
    "third",
    third,
    [
      [{ secret: "OTHER" }, "SignatureDoesNotMatch"],
      [{ asked: "RegionIds=cn-beijing" }, "SignatureDoesNotMatch"],
      [{ sent: Buffer.from("Tags=c") }, "SignatureDoesNotMatch"],
      [{ after: { host: "elsewhere" } }, "SignatureDoesNotMatch"],
      [{ after: { "x-acs-action": "PublicCreateImageScanTask" } }, "SignatureDoesNotMatch"],
      [{ after: { "x-acs-more": "unsigned" } }, "SignatureDoesNotMatch"],
      [{ after: { authorization: "ACS3-HMAC-SHA256 Credential=ID" } }, "SignatureDoesNotMatch"],
      [{ after: { "x-acs-signature-nonce": undefined } }, "MissingParameter"],
      [{ after: { "x-acs-date": "today" } }, "InvalidParameter"],
    ],
  ],
]) {
  describe(`the ${kind} kind`, () => {
    test("what is right passes, and no second time", () => {
      let now = NOW;
      const verify = verifierFor(KEY, () => now);
      verify(signed());
      refused(verify, signed(), "SignatureNonceUsed");
      verify(signed({ nonce: "another" }));
      // As long as the signature itself is valid its nonce is known.
      now += 14 * MINUTE;
      refused(verify, signed(), "SignatureNonceUsed");
      now += 2 * MINUTE;
      refused(verify, signed(), "InvalidTimeStamp.Expired");
    });

    test("the clock may be off by a quarter of an hour either way", () => {
      for (const off of [-15, -14, 14, 15]) verifierFor(KEY, () => NOW)(signed({ time: NOW + off * MINUTE }));
      for (const off of [-15, 15]) {
        const time = NOW + off * MINUTE + Math.sign(off) * 1_000;
        refused(
          verifierFor(KEY, () => NOW),
          signed({ time }),
          "InvalidTimeStamp.Expired",
        );
      }
    });

    test(`${changes.length} changes are refused, and use up no nonce`, () => {
      const verify = verifierFor(KEY, () => NOW);
      for (const [change, code] of changes) refused(verify, signed(change), code);
      verify(signed());
    });
  });
}
