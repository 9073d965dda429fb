/**
 * Filters on their way into the module: what most are goes over as one text, whatever else as an object that
 * the module reads piece by piece.
 *
 * Nothing is judged here. Each property is read once, because reading it may run the caller's own code; so what
 * the module is to read is a copy, in which what could not be read throws again.
 *
 * The text has for each key the key and what it holds, each ended by {@link END}: `-` for nothing, `'` and a
 * text, or `[` and the texts of a list joined by commas, which is what such a list means.
 */

/** No text that goes this way contains it. */
const END = "\0";

/** The module's own limits. What is beyond them is its to refuse. */
const MAX_KEYS = 64;
const MAX_VALUES = 100_000;
const MAX_UNITS = 16 * 1024 * 1024;

const encoder = new TextEncoder();

/** Room for the text of most filters, so that not every one takes some. */
const room = new Uint8Array(128 * 1024);

/** Whether a value is of one of the classes here. `instanceof` would ask it, and it may be a proxy. */
const isOurs = (value, has) => typeof value === "object" && value !== null && has(value);

/** A property whose reading threw. */
class Thrown {
  #thrown;

  constructor(thrown) {
    this.#thrown = thrown;
  }

  static is(value) {
    return isOurs(value, (object) => #thrown in object);
  }

  throw() {
    throw this.#thrown;
  }
}

/** What was read of a list. */
class Items {
  #items;
  #areTexts;

  constructor(items, areTexts) {
    this.#items = items;
    this.#areTexts = areTexts;
  }

  static is(value) {
    return isOurs(value, (object) => #items in object);
  }

  /** The items joined by commas, where all of them are texts. */
  joined() {
    return this.#areTexts ? this.#items.join() : undefined;
  }

  /** A list of the same items. */
  copy() {
    const copy = [];
    for (const [at, item] of this.#items.entries()) put(copy, at, item);
    return copy;
  }
}

/**
 * A filter's text as bytes, or the object that the module is to read in its place.
 *
 * @returns {{ text: Uint8Array | undefined, object: unknown }}
 */
export function outgoing(filter) {
  const keys = keysOf(filter);
  if (keys === undefined) return { text: undefined, object: filter };
  let text = "";
  let isText = true;
  const values = [];
  for (let at = 0; at < keys.length; at += 1) {
    const value = read(filter, keys[at]);
    values.push(value);
    const written = isText ? textOf(value) : undefined;
    if (written === undefined || keys[at].includes(END)) isText = false;
    else text += keys[at] + END + written + END;
  }
  // Older platforms cannot say whether a text is well formed: there the module finds it out.
  if (isText && text.length <= MAX_UNITS && text.isWellFormed?.())
    return { text: bytesOf(text), object: undefined };
  return { text: undefined, object: copyOf(keys, values) };
}

/** The keys of a filter such as most are, of which no property was read yet; else nothing. */
function keysOf(filter) {
  if (filter === undefined) return [];
  if (typeof filter !== "object" || filter === null) return undefined;
  try {
    const prototype = Object.getPrototypeOf(filter);
    if ((prototype !== Object.prototype && prototype !== null) || Array.isArray(filter)) return undefined;
    const keys = Reflect.ownKeys(filter);
    if (keys.length > MAX_KEYS || !keys.every((key) => typeof key === "string")) return undefined;
    return keys;
  } catch {
    return undefined;
  }
}

function read(object, key) {
  try {
    const value = object[key];
    return Array.isArray(value) ? itemsOf(value) : value;
  } catch (thrown) {
    return new Thrown(thrown);
  }
}

/** What stands in a list; of one that claims a length that no list of values has, itself. */
function itemsOf(list) {
  const { length } = list;
  if (typeof length !== "number" || !(length >= 0 && length <= MAX_VALUES)) return list;
  const items = new Array(Math.trunc(length));
  let areTexts = true;
  for (let at = 0; at < items.length; at += 1) {
    let item;
    try {
      item = list[at];
    } catch (thrown) {
      item = new Thrown(thrown);
    }
    if (typeof item !== "string") areTexts = false;
    items[at] = item;
  }
  return new Items(items, areTexts);
}

/** How a value stands in the text; nothing where it cannot. */
function textOf(value) {
  if (value === undefined || value === null) return "-";
  const isList = Items.is(value);
  const text = isList ? value.joined() : value;
  if (typeof text !== "string" || text.includes(END)) return undefined;
  return (isList ? "[" : "'") + text;
}

function bytesOf(text) {
  const { read, written } = encoder.encodeInto(text, room);
  return read === text.length ? room.subarray(0, written) : encoder.encode(text);
}

/** An object with the properties that were read. */
function copyOf(keys, values) {
  const copy = {};
  for (const [at, value] of values.entries()) put(copy, keys[at], value);
  return copy;
}

function put(object, key, value) {
  // Without a prototype: what was put on that of all objects is no part of it.
  const property = Object.create(null);
  property.enumerable = true;
  if (Thrown.is(value)) property.get = () => value.throw();
  else property.value = Items.is(value) ? value.copy() : value;
  Object.defineProperty(object, key, property);
}
