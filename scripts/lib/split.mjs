/**
 * Cuts a linked module in two: what the first part's exports reach, and the rest, which is instantiated on top of it.
 * Text in (as wasm-dis writes it, with names), text out.
 *
 * Memory, tables and globals are the first part's. The second one imports what it needs of them, and the functions of the
 * first that it calls; its own functions that stand in the table, and data that only it needs, it puts there itself. The
 * module without the second part is therefore the module with holes in its table and its data and without some exports.
 *
 * What belongs to the second part: functions that only its exports reach, and functions of its modules that stand in the
 * table and that nothing of the first part calls. All else in the table is the first part's, since whoever has a number
 * can call it. A call from the first part into a module of the second is a fault of the code, and told as such.
 *
 * The second part imports the memory under a name that no other build gives it: parts of two builds, as a cache may bring
 * them together, refuse each other.
 */
import { createHash } from "node:crypto";
import { Failure } from "./run.mjs";

/** The name under which the second part imports from the first. */
export const FIRST = "first";

/** A function that calls a closure by way of its pointer. */
const SHIM = /\{\{vtable\.shim\}\}/;

const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()"]+)`;
const calls = new RegExp(String.raw`\((?:call|return_call|ref\.func) (${NAME})`, "g");
const globalUses = new RegExp(String.raw`\(global\.(?:get|set) (${NAME})`, "g");
const tableUses = new RegExp(
  String.raw`\((?:call_indirect|return_call_indirect|table\.\w+)(?: (${NAME}))?`,
  "g",
);
const allNames = new RegExp(NAME, "g");

/** From so many bytes on, data that only the second part needs goes there: each piece takes some to be placed. */
const LEAST_DATA = 16;

/**
 * @param {string} text
 * @param {{ exports: readonly string[], modules: readonly string[] }} second What goes into the second part.
 * @param {(isCold: (name: string) => boolean) => { start: number, end: number }[]} dataOf Addresses of what only some
 *   functions need, which are known by their names as the linker writes them.
 * @returns {{ first: string, second: string }}
 */
export function split(text, second, dataOf = () => []) {
  const whole = read(text);
  const cold = coldFunctions(whole, second);
  const shared = new Sharing(whole, cold, createHash("sha256").update(text).digest("hex").slice(0, 8));
  const isCold = (name) => cold.has(name);
  const moved = dataOf(byLinkerName(cold)).filter(({ start, end }) => end - start >= LEAST_DATA);
  const data = whole.data.map((segment) => cutData(segment, moved));
  const body = (keep) => whole.functions.filter(({ name }) => keep(name)).map(({ field }) => field);
  // In the order in which a text may have them: imports before all that is defined.
  const first = [
    ...whole.types,
    ...whole.imports.filter(({ name }) => !isCold(name)).map(({ field }) => field),
    ...whole.kept,
    ...data.flatMap(({ kept }) => kept),
    ...whole.elements.flatMap((segment) => runs(segment, (name) => !isCold(name))),
    ...whole.exports.filter(({ js }) => !second.exports.includes(js)).map(({ field }) => field),
    ...shared.exports(),
    ...body((name) => !isCold(name)),
  ];
  const rest = [
    ...whole.types,
    ...whole.imports.filter(({ name }) => shared.used.has(name)).map(({ field }) => field),
    ...shared.imports(),
    ...data.flatMap(({ moved }) => moved),
    ...whole.elements.flatMap((segment) => runs(segment, isCold)),
    ...whole.exports.filter(({ js }) => second.exports.includes(js)).map(({ field }) => field),
    ...body(isCold),
  ];
  return { first: written(first), second: written(rest) };
}

const written = (fields) => `(module\n${fields.join("\n")}\n)\n`;

/** The fields of a module, by their kinds. */
function read(text) {
  const whole = {
    types: [],
    imports: [],
    functions: [],
    elements: [],
    exports: [],
    things: [],
    data: [],
    kept: [],
  };
  const roots = [];
  for (const field of text.match(/^ \((?:.|\n(?! \(|\)))*/gm) ?? []) {
    const kind = /^ \((\w+)/.exec(field)[1];
    const name = new RegExp(NAME).exec(field.replace(/^ \(import "[^"]*" "[^"]*"/, ""))?.[0];
    if (kind === "type") whole.types.push(field);
    else if (kind === "import") whole.imports.push({ name: functionImport(field, name), field });
    else if (kind === "func") whole.functions.push({ name, field, uses: uses(field) });
    else if (kind === "elem") whole.elements.push(segmentOf(field));
    else if (kind === "data") whole.data.push(dataIn(field));
    else if (kind === "export") {
      const [, js, what] = /^ \(export "([^"]*)" \((\w+)/.exec(field);
      whole.exports.push({ js, what, name, field });
    } else {
      whole.kept.push(field);
      if (kind === "start") roots.push(name);
      if (["memory", "table", "global"].includes(kind)) whole.things.push({ kind, name, field });
    }
  }
  return { ...whole, roots };
}

function functionImport(field, name) {
  if (/^ \(import "[^"]*" "[^"]*" \(func /.test(field)) return name;
  throw new Failure(`the module imports something else than a function: ${field.trim()}`, {
    remedy: "teach scripts/lib/split.mjs where it belongs",
  });
}

function uses(field) {
  const found = (pattern) => new Set(Array.from(field.matchAll(pattern), ([, name]) => name));
  return { func: found(calls), global: found(globalUses), table: found(tableUses) };
}

/** A list of functions for a place of a table that is known. */
function segmentOf(field) {
  const form = new RegExp(
    String.raw`^ \(elem (?:${NAME} )?(?:\(table (${NAME})\) )?\(i32\.const (\d+)\) (?:func )?((?:${NAME} ?)*)\)\s*$`,
  );
  const match = form.exec(field);
  if (match) return { table: match[1], offset: Number(match[2]), names: match[3].match(allNames) ?? [] };
  throw new Failure(`the module fills its table in another way than ever: ${field.trim().slice(0, 200)}`, {
    remedy: "teach scripts/lib/split.mjs how to read it",
  });
}

/** Bytes for a place in memory that is known. */
function dataIn(field) {
  const form = new RegExp(String.raw`^ \(data (?:${NAME} )?\(i32\.const (\d+)\) "((?:[^"\\]|\\.)*)"\)\s*$`);
  const match = form.exec(field);
  if (match === null) {
    throw new Failure(`the module has data of an unknown kind: ${field.trim().slice(0, 200)}`, {
      remedy: "teach scripts/lib/split.mjs how to read it",
    });
  }
  return { address: Number(match[1]), bytes: bytesOf(match[2]) };
}

/** What stands for a byte in a text, but for two hex digits. */
const ESCAPES = { t: 9, n: 10, r: 13, '"': 34, "'": 39, "\\": 92 };

function bytesOf(text) {
  const bytes = [];
  for (const [, letter, hex, plain] of text.matchAll(/\\(?:([tnr"'\\])|([0-9a-fA-F]{2}))|([^\\]+)/g)) {
    if (letter !== undefined) bytes.push(ESCAPES[letter]);
    else if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else bytes.push(...Buffer.from(plain, "utf8"));
  }
  return bytes;
}

/** A segment of data as segments of what is not in the ranges, and of what is. */
function cutData({ address, bytes }, ranges) {
  const cut = { kept: [], moved: [] };
  const end = address + bytes.length;
  const put = (where, from, to) => {
    if (from >= to) return;
    const text = bytes
      .slice(from - address, to - address)
      .map((byte) => `\\${byte.toString(16).padStart(2, "0")}`);
    where.push(` (data (i32.const ${from}) "${text.join("")}")`);
  };
  let at = address;
  for (const range of ranges) {
    const [from, to] = [Math.max(range.start, at), Math.min(range.end, end)];
    if (from >= to) continue;
    put(cut.kept, at, from);
    put(cut.moved, from, to);
    at = to;
  }
  put(cut.kept, at, end);
  return cut;
}

/** Whether a function, by its name as the linker writes it, is one of some whose names are written for people. */
function byLinkerName(names) {
  const hashes = new Set();
  const plain = new Set();
  for (const name of names) {
    const [, hash] = /::h([0-9a-f]{16})"?$/.exec(name) ?? [];
    if (hash === undefined) plain.add(name.replace(/^\$"?|"$/g, ""));
    else hashes.add(hash);
  }
  return (name) => {
    const [, hash] = /17h([0-9a-f]{16})E$/.exec(name) ?? [];
    return hash === undefined ? plain.has(name) : hashes.has(hash);
  };
}

/** The segment without what is not wanted: a segment for each run of what is. */
function runs({ table, offset, names }, wanted) {
  const segments = [];
  let run = [];
  for (let at = 0; at <= names.length; at += 1) {
    if (at < names.length && wanted(names[at])) run.push(names[at]);
    else if (run.length > 0) {
      const place = table === undefined ? "" : `(table ${table}) `;
      segments.push(` (elem ${place}(i32.const ${offset + at - run.length}) func ${run.join(" ")})`);
      run = [];
    }
  }
  return segments;
}

/**
 * The names of the functions and imports that only the second part needs. What neither needs stays in the first, and is
 * taken out when that is optimised.
 */
function coldFunctions(whole, second) {
  const known = new Set(whole.exports.map(({ js }) => js));
  const missing = second.exports.find((js) => !known.has(js));
  if (missing !== undefined) {
    throw new Failure(`\`${missing}\` is to be in the second part, but the module does not export it`, {
      remedy: "correct `secondExports` of scripts/lib/parts.mjs",
    });
  }
  const usesOf = new Map(whole.functions.map(({ name, uses }) => [name, uses.func]));
  const named = (name) => second.modules.find((path) => isOf(name, path));
  // What the compiler puts before a closure has a name that says nothing: it belongs where the closure does.
  const listed = (name) =>
    named(name) ?? (SHIM.test(name) ? [...(usesOf.get(name) ?? [])].map(named).find(Boolean) : undefined);
  const inTable = whole.elements.flatMap(({ names }) => names);
  const hotExports = whole.exports.filter(({ js, what }) => what === "func" && !second.exports.includes(js));
  const hot = new Set([
    ...whole.roots,
    ...hotExports.map(({ name }) => name),
    ...inTable.filter((name) => listed(name) === undefined),
  ]);
  // A set is walked to what is added to it on the way.
  for (const name of hot) {
    for (const called of usesOf.get(name) ?? []) {
      const path = listed(called);
      if (path !== undefined) {
        throw new Failure(
          `\`${name}\` of the module's first part calls \`${called}\`, which \`${path}\` puts into the second`,
          {
            remedy:
              "let it be called by way of something that an export of the second part hands out, or take the module out of `secondModules` of scripts/lib/parts.mjs",
          },
        );
      }
      hot.add(called);
    }
  }
  const ofSecond = ({ js, what }) => what === "func" && second.exports.includes(js);
  const reached = new Set([
    ...whole.exports.filter(ofSecond).map(({ name }) => name),
    ...inTable.filter((name) => listed(name) !== undefined),
  ]);
  for (const name of reached) {
    if (!hot.has(name)) for (const called of usesOf.get(name) ?? []) reached.add(called);
  }
  return new Set([...reached].filter((name) => !hot.has(name)));
}

/** Whether a function belongs to a module of the crate, or to something that was made of what is in it. */
function isOf(name, path) {
  for (let at = name.indexOf(path); at >= 0; at = name.indexOf(path, at + 1)) {
    const [before, behind] = [name[at - 1] ?? "", name[at + path.length] ?? ""];
    if (!/[\w:]/.test(before) && !/\w/.test(behind)) return true;
  }
  return false;
}

/** What the second part takes from the first: each thing under the name it is exported by already, or a short one. */
class Sharing {
  #shared = [];
  #new = [];

  constructor(whole, cold, build) {
    /** The names of all functions that the second part calls, holds or puts into the table. */
    this.used = new Set();
    const bodies = whole.functions.filter(({ name }) => cold.has(name));
    for (const { uses } of bodies) for (const name of uses.func) this.used.add(name);
    for (const { names } of whole.elements) {
      for (const name of names) if (cold.has(name)) this.used.add(name);
    }
    const tables = whole.things.filter(({ kind }) => kind === "table").map(({ name }) => name);
    // Where there is one table only, it need not be named.
    const tablesUsed = new Set(
      bodies.flatMap(({ uses }) => [...uses.table].map((name) => name ?? tables[0])),
    );
    for (const { table, names } of whole.elements) {
      if (names.some((name) => cold.has(name))) tablesUsed.add(table ?? tables[0]);
    }
    const globalsUsed = new Set(bodies.flatMap(({ uses }) => [...uses.global]));
    const taken = new Set(whole.exports.map(({ js }) => js));
    let next = 0;
    const share = (kind, name, importable) => {
      if (kind === "memory") {
        this.#new.push(` (export "${build}" (memory ${name}))`);
        this.#shared.push(` (import "${FIRST}" "${build}" ${importable})`);
        return;
      }
      let js = whole.exports.find((exported) => exported.what === kind && exported.name === name)?.js;
      if (js === undefined) {
        do js = (next++).toString(36);
        while (taken.has(js));
        this.#new.push(` (export "${js}" (${kind} ${name}))`);
      }
      this.#shared.push(` (import "${FIRST}" "${js}" ${importable})`);
    };
    if (bodies.length === 0) return;
    for (const { kind, name, field } of whole.things) {
      const needed = kind === "memory" || (kind === "table" ? tablesUsed.has(name) : globalsUsed.has(name));
      if (needed) share(kind, name, kind === "global" ? globalType(field) : field.trim());
    }
    for (const { name, field } of whole.functions) {
      if (!cold.has(name) && this.used.has(name)) share("func", name, signature(name, field));
    }
  }

  exports() {
    return this.#new;
  }

  imports() {
    return this.#shared;
  }
}

/** `(global $name (mut i32) (i32.const 7))` without its value. */
function globalType(field) {
  const [, name, type] = new RegExp(String.raw`^ \(global (${NAME}) (\(mut \w+\)|\w+)`).exec(field);
  return `(global ${name} ${type})`;
}

/** The head of a function without the names of its parameters. */
function signature(name, field) {
  const head = field.slice(field.indexOf(name) + name.length).split("\n")[0];
  const types = Array.from(
    head.matchAll(/\((param|result) ((?:\$\S+ )?)([\w ]+)\)/g),
    (m) => `(${m[1]} ${m[3]})`,
  );
  return `(func ${name} ${types.join(" ")})`;
}
