/**
 * A file as a page reads one that a user chose: the stream of a Blob, here in pieces that end with a line.
 */
import { openAsBlob } from "node:fs";

const PIECE = 1 << 22;

/** Pieces of whole lines, each a view that is valid until the next one. */
export async function* linePieces(path) {
  const blob = await openAsBlob(path);
  let buffer = new Uint8Array(PIECE);
  let used = 0;
  for await (const chunk of blob.stream()) {
    if (used + chunk.length > buffer.length) {
      const end = buffer.lastIndexOf(10, used - 1) + 1;
      if (end > 0) yield buffer.subarray(0, end);
      buffer.copyWithin(0, end, used);
      used -= end;
      if (used + chunk.length > buffer.length) {
        const larger = new Uint8Array(2 * (used + chunk.length));
        larger.set(buffer.subarray(0, used));
        buffer = larger;
      }
    }
    buffer.set(chunk, used);
    used += chunk.length;
  }
  if (used > 0) yield buffer.subarray(0, used);
}

/** Texts of whole lines, without the last line's end. */
export async function* lineTexts(path) {
  const decoder = new TextDecoder();
  for await (const piece of linePieces(path)) yield decoder.decode(piece).trimEnd();
}
