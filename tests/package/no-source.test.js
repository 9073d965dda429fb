/**
 * What is no source, or one that cannot be read: the load says what it would take.
 */
import { Readable } from "node:stream";
import { describe, test } from "node:test";
import { assertRefused, load, rows, streamOf } from "./support.js";

const text = '[{"RepoName": "web", "Tag": "1"}]';
const inventory = await load(text);

describe("what is no source", () => {
  const wrong = {
    "a number": 7,
    null: null,
    undefined: undefined,
    "a plain object": { RepoName: "web" },
    "a page as an object": JSON.parse(`{"ImageInstanceList": ${text}}`),
    "a truth value": true,
    "a symbol": Symbol("source"),
    "a big integer": 7n,
    "a function": () => text,
    "a Set": new Set(rows),
    "a generator": (function* () {
      yield text;
    })(),
    "an inventory": inventory,
    "a promise": Promise.resolve(text),
  };
  for (const [name, source] of Object.entries(wrong)) {
    test(name, () =>
      assertRefused(source, { code: "wrong-type", message: /must be a File, Blob, Response/ }),
    );
  }

  test("in an array, its number is told", async () => {
    await assertRefused([text, 7], { code: "wrong-type", message: /source 1 must be .*but it is a number/ });
    await assertRefused([text, { RepoName: "web" }], { code: "wrong-type", message: /source 1/ });
  });

  test("a stream of texts", async () => {
    await assertRefused(streamOf([text]), {
      code: "wrong-type",
      message: /must give bytes, but it gives a string/,
    });
    await assertRefused(Readable.from([text]).setEncoding("utf8"), { code: "wrong-type" });
  });

  test("a response that says there is nothing, and one that was read already", async () => {
    const missing = new Response("not here", { status: 404 });
    await assertRefused(missing, { code: "unreadable", message: /the server answered 404/ });
    const used = new Response(text);
    await used.text();
    await assertRefused(used, { code: "unreadable", message: /read already/ });
    await assertRefused(new Response(null), { code: "empty-input" });
  });

  test("a stream that someone else reads", async () => {
    const stream = new Blob([text]).stream();
    stream.getReader();
    await assertRefused(stream, { code: "unreadable" });
  });

  test("a text with half of a surrogate pair", async () => {
    await assertRefused('[{"RepoName": "\ud800"}]', { code: "invalid-text" });
    await assertRefused([text, "\udc00"], { code: "invalid-text", message: /source 1/ });
  });
});
