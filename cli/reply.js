/**
 * A file → the service's reply as text. What it says is the engine's to judge.
 */
import { createReadStream } from "node:fs";
import { Failure } from "./failure.js";
import { unreadable } from "./sources.js";
import { visible } from "./visible.js";

/** A reply is two numbers; what is longer is another file. */
const LONGEST = 1_000_000;

/**
 * @param {string} path `-` is standard input.
 * @returns {Promise<{ name: string, text: string }>}
 */
export async function replyIn(path) {
  const name = path === "-" ? "standard input" : visible(path);
  const stream = path === "-" ? process.stdin : createReadStream(path);
  /** @type {Buffer[]} */
  const pieces = [];
  let length = 0;
  try {
    for await (const piece of stream) {
      pieces.push(piece);
      length += piece.length;
      if (length > LONGEST)
        throw new Failure(`${name} is too long for a reply; give the service's reply alone`);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  return { name, text: textOf(Buffer.concat(pieces)) };
}

/** Some shells write what a command prints in UTF-16. */
function textOf(bytes) {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
