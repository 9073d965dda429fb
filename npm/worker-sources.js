/**
 * Sources on their way to a worker: what can be sent goes over as it is, files by reference; what can be read only once
 * is read here, and goes over piece by piece as the worker asks for more.
 */
import { sourcesOf } from "./sources.js";
import { tagOf } from "./tag.js";

/**
 * @param {unknown} source
 * @returns {{ sent: object, canBeReadAgain: boolean, streams: { more: (send: Function) => void, stop: () => void }[] }}
 */
export function outgoingSource(source) {
  const streams = [];
  const one = (value) => {
    if (!isReadOnce(value)) return { value };
    streams.push(pulled(value));
    return { stream: streams.length - 1 };
  };
  const sent =
    Array.isArray(source) && source.some(isReadOnce) ? { several: source.map(one) } : { one: one(source) };
  return { sent, canBeReadAgain: streams.length === 0, streams };
}

function isReadOnce(value) {
  return (
    tagOf(value) === "Response" ||
    typeof value?.getReader === "function" ||
    (typeof value?.[Symbol.asyncIterator] === "function" && tagOf(value) !== "Blob")
  );
}

/** A source whose reading waits at each piece until more is asked for. */
function pulled(value) {
  const stop = new AbortController();
  let begun = false;
  let send;
  let goOn;
  return {
    more(given) {
      send = given;
      if (begun) goOn?.();
      else {
        begun = true;
        read().then(
          () => send({ end: true }),
          ({ code, message }) => send({ failure: { code: code ?? "unreadable", message } }),
        );
      }
    },
    stop: () => stop.abort(),
  };

  async function read() {
    const [source] = sourcesOf(value);
    await source.read((piece) => {
      send({ piece: piece.slice() });
      return new Promise((resolve, reject) => {
        goOn = resolve;
        stop.signal.addEventListener("abort", () => reject(stop.signal.reason), { once: true });
      });
    }, stop.signal);
  }
}
