/**
 * Writing to a stream that may be slow, or that nobody reads any more.
 */
import { once } from "node:events";

/** Ends the command quietly where the reader has gone, as `head` does: there is nobody left to tell. */
export function endQuietlyWithout(stream) {
  stream.on("error", (error) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
}

/**
 * Writes texts as fast as they are taken: they may be more than the memory holds.
 *
 * @param {NodeJS.WritableStream} stream
 * @param {Iterable<string>} texts
 */
export async function write(stream, texts) {
  for (const text of texts) {
    if (!stream.write(text)) await once(stream, "drain");
  }
}
