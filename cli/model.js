/**
 * Charge models: a file of the user's, or one that is in the package, by its name.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "./failure.js";
import { unreadable } from "./sources.js";
import { visible } from "./visible.js";

const shipped = join(dirname(fileURLToPath(import.meta.url)), "../models");

/** The names of the charge models in the package. */
export function modelNames() {
  return readdirSync(shipped).map((file) => basename(file, ".json"));
}

/**
 * @param {string} given A path, or a name.
 * @returns {import("../npm/index.js").ChargeModelDocument}
 */
export function chargeModel(given) {
  const document = parsed(given, textOf(given));
  // To the engine nothing is the built-in model; a file that says nothing is a mistake.
  if (typeof document !== "object" || document === null || Object.keys(document).length === 0) {
    throw new Failure(
      `the charge model ${visible(given)} must be an object with \`name\`, \`countBy\` and more; see docs/charge-models.md`,
    );
  }
  return document;
}

function parsed(given, text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(
      `the charge model ${visible(given)} is no JSON: ${visible(/** @type {Error} */ (error).message)}`,
    );
  }
}

function textOf(given) {
  const names = modelNames();
  if (names.includes(given)) return readFileSync(join(shipped, `${given}.json`), "utf8");
  try {
    // With a byte order mark, as some editors write it, it is no JSON.
    return readFileSync(given, "utf8").replace(/^\ufeff/, "");
  } catch (error) {
    throw unreadable(given, error, `; in the package are ${names.join(", ")}`);
  }
}
