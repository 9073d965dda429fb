/**
 * The module's further parts: from wherever they are to compiled modules, and what `init` was asked for.
 */
import { messageOf, scanPrecheckError } from "./errors.js";
import { tagOf } from "./tag.js";

const KEYS = ["module", "more", "extra", "parts"];

const PARTS = ["all", "estimate", "extra"];

/**
 * What `init` was given: options, or the source of the first part alone.
 *
 * @returns {{ module?: any, more?: any, extra?: any, parts?: "all" | "estimate" | "extra" }}
 */
export function initOptions(given) {
  if (!isOptions(given)) return { module: given ?? undefined };
  for (const field of Object.keys(given)) {
    if (!KEYS.includes(field)) {
      throw scanPrecheckError(
        "unknown-key",
        `\`${field}\` is no option of init; it takes ${KEYS.join(", ")}`,
        {
          field,
        },
      );
    }
  }
  const parts = given.parts ?? undefined;
  if (parts !== undefined && !PARTS.includes(parts)) {
    const message = '`parts` must be "all", "estimate" or "extra"';
    throw scanPrecheckError(typeof parts === "string" ? "invalid-value" : "wrong-type", message, {
      field: "parts",
    });
  }
  const [module, more, extra] = ["module", "more", "extra"].map((key) => given[key] ?? undefined);
  return { module, more, extra, parts };
}

/** A response, a promise of one, an address, bytes and a compiled module are objects of a kind; options are of none. */
function isOptions(given) {
  return typeof given === "object" && given !== null && tagOf(given) === "Object" && !("then" in given);
}

/**
 * Compiles a part from whatever `init` takes as its source.
 *
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compiled(source) {
  const isAddress =
    typeof source === "string" ||
    source instanceof URL ||
    (typeof Request === "function" && source instanceof Request);
  const given = await (isAddress ? fetch(source) : source);
  if (given instanceof WebAssembly.Module) return given;
  if (typeof Response !== "function" || !(given instanceof Response)) return WebAssembly.compile(given);
  if (!given.ok) throw new Error(`the server answered ${given.status} to ${given.url}`);
  // Not while it is streamed: a server that gives it another MIME type is no reason to fail, and the part is small.
  return WebAssembly.compile(await given.arrayBuffer());
}

/** What is told where a further part cannot be had. */
export function notLoaded(part, error) {
  const why = error instanceof WebAssembly.LinkError ? "it does not belong to the first" : messageOf(error);
  const message = `the ${part} part of the module could not be loaded: ${why}; what does not need it works`;
  return scanPrecheckError("part-not-loaded", message, { cause: error });
}
