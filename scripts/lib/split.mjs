/**
 * Cuts a linked module into parts: what the first part's exports reach, and further ones, each of which is instantiated on
 * top of the first and needs no other. Text in (as wasm-dis writes it, with names), text out.
 *
 * Memory, tables and globals are the first part's. A further one imports what it needs of them, and the functions of the
 * first that it calls; its own functions that stand in the table, and data that only it needs, it puts there itself. The
 * module without its further parts is therefore the module with holes in its table and its data and without some exports.
 *
 * What belongs to a further part: functions that the first does not reach and its exports do, and functions of its modules
 * that stand in the table and that nothing of another part calls. All else in the table is the first part's, since whoever
 * has a number can call it. What two further parts reach is in both: a function is the same wherever it lies. The data of
 * such functions stays in the first, for data is changed. A call from one part into a module of another is a fault of the
 * code, and told as such.
 *
 * A further part imports the memory under a name that no other build gives it: parts of two builds, as a cache may bring
 * them together, refuse each other.
 */
import { createHash } from "node:crypto";
import { Failure } from "./run.mjs";

/** The name under which a further part imports from the first. */
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

/** From so many bytes on, data that only one further part needs goes there: each piece takes some to be placed. */
const LEAST_DATA = 16;

/**
 * @param {string} text
 * @param {readonly { name: string, exports: readonly string[], modules: readonly string[] }[]} parts The further parts.
 * @param {(isOwn: (name: string) => boolean) => { start: number, end: number }[]} dataOf Addresses of what only some
 *   functions need, which are known by their names as the linker writes them.
 * @returns {Record<string, string>} The first part as `first`, each of the others under its name.
 */
export function split(text, parts, dataOf = () => []) {
  const whole = read(text);
  const functions = ownFunctions(whole, parts);
  const build = createHash("sha256").update(text).digest("hex").slice(0, 8);
  const shared = new Sharing(whole, build);
  const inFirst = (name) => !functions.some((own) => own.has(name));
  const ranges = functions.flatMap((own, part) => {
    const others = functions.filter((other) => other !== own);
    const alone = [...own].filter((name) => !others.some((other) => other.has(name)));
    return dataOf(byLinkerName(alone)).map((range) => ({ ...range, part }));
  });
  const moved = ranges
    .filter(({ start, end }) => end - start >= LEAST_DATA)
    .sort((one, other) => one.start - other.start);
  const data = whole.data.map((segment) => cutData(segment, moved));
  const body = (keep) => whole.functions.filter(({ name }) => keep(name)).map(({ field }) => field);
  const further = parts.map(({ exports }, part) => {
    const isOwn = (name) => functions[part].has(name);
    const needs = shared.with(functions[part]);
    // In the order in which a text may have them: imports before all that is defined.
    return [
      ...whole.types,
      ...whole.imports.filter(({ name }) => needs.used.has(name)).map(({ field }) => field),
      ...needs.imports,
      ...data.flatMap((cut) => cut.filter((piece) => piece.part === part).map(({ field }) => field)),
      ...whole.elements.flatMap((segment) => runs(segment, isOwn)),
      ...whole.exports.filter(({ js }) => exports.includes(js)).map(({ field }) => field),
      ...body(isOwn),
    ];
  });
  const elsewhere = parts.flatMap(({ exports }) => exports);
  const first = [
    ...whole.types,
    ...whole.imports.filter(({ name }) => inFirst(name)).map(({ field }) => field),
    ...whole.kept,
    ...data.flatMap((cut) => cut.filter((piece) => piece.part === undefined).map(({ field }) => field)),
    ...whole.elements.flatMap((segment) => runs(segment, inFirst)),
    ...whole.exports.filter(({ js }) => !elsewhere.includes(js)).map(({ field }) => field),
    ...shared.exports,
    ...body(inFirst),
  ];
  const named = parts.map(({ name }, part) => [name, written(further[part])]);
  return { first: written(first), ...Object.fromEntries(named) };
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

/** A segment of data as segments, each with the further part that it is for, if it is for one. */
function cutData({ address, bytes }, ranges) {
  const pieces = [];
  const end = address + bytes.length;
  const put = (part, from, to) => {
    if (from >= to) return;
    const text = bytes
      .slice(from - address, to - address)
      .map((byte) => `\\${byte.toString(16).padStart(2, "0")}`);
    pieces.push({ part, field: ` (data (i32.const ${from}) "${text.join("")}")` });
  };
  let at = address;
  for (const range of ranges) {
    const [from, to] = [Math.max(range.start, at), Math.min(range.end, end)];
    if (from >= to) continue;
    put(undefined, at, from);
    put(range.part, from, to);
    at = to;
  }
  put(undefined, at, end);
  return pieces;
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
 * For each further part, the names of the functions and imports that it needs and the first does not. What nobody needs
 * stays in the first, and is taken out when that is optimised.
 */
function ownFunctions(whole, parts) {
  const known = new Set(whole.exports.map(({ js }) => js));
  const missing = parts.flatMap(({ exports }) => exports).find((js) => !known.has(js));
  if (missing !== undefined) {
    throw new Failure(`\`${missing}\` is to be in a further part, but the module does not export it`, {
      remedy: "correct `exports` of scripts/lib/parts.mjs",
    });
  }
  const usesOf = new Map(whole.functions.map(({ name, uses }) => [name, uses.func]));
  const listings = parts.flatMap(({ modules }, part) => modules.map((path) => ({ path, part })));
  const named = (name) => listings.find(({ path }) => isOf(name, path));
  // What the compiler puts before a closure has a name that says nothing: it belongs where the closure does.
  const listed = (name) =>
    named(name) ?? (SHIM.test(name) ? [...(usesOf.get(name) ?? [])].map(named).find(Boolean) : undefined);
  const inTable = whole.elements.flatMap(({ names }) => names);
  const exported = (part) => {
    const isHere = ({ js }) => parts.findIndex(({ exports }) => exports.includes(js)) === part;
    return whole.exports
      .filter(({ what }) => what === "func")
      .filter(isHere)
      .map(({ name }) => name);
  };
  const roots = (part) => [...exported(part ?? -1), ...inTable.filter((name) => listed(name)?.part === part)];
  /** All that is called from some functions, but for what is in the first part already. */
  const reached = (roots, part, first = new Set()) => {
    // A set is walked to what is added to it on the way.
    const all = new Set(roots.filter((name) => !first.has(name)));
    for (const name of all) {
      for (const called of usesOf.get(name) ?? []) {
        const other = listed(called);
        if (other !== undefined && other.part !== part) {
          const [from, to] = [part, other.part].map((part) =>
            part === undefined ? "first" : parts[part].name,
          );
          throw new Failure(
            `\`${name}\` of the module's part \`${from}\` calls \`${called}\`, which \`${other.path}\` puts into the part \`${to}\``,
            {
              remedy:
                "let it be called by way of something that an export of that part hands out, or take the module out of `modules` of scripts/lib/parts.mjs",
            },
          );
        }
        if (!first.has(called)) all.add(called);
      }
    }
    return all;
  };
  const first = reached([...whole.roots, ...roots(undefined)], undefined);
  return parts.map((_, part) => reached(roots(part), part, first));
}

/** Whether a function belongs to a module of the crate, or to something that was made of what is in it. */
function isOf(name, path) {
  for (let at = name.indexOf(path); at >= 0; at = name.indexOf(path, at + 1)) {
    const [before, behind] = [name[at - 1] ?? "", name[at + path.length] ?? ""];
    if (!/[\w:]/.test(before) && !/\w/.test(behind)) return true;
  }
  return false;
}

/** What further parts take from the first: each thing under the name it is exported by already, or a short one. */
class Sharing {
  /** What the first part exports for them. */
  exports = [];
  #whole;
  #build;
  #taken;
  #names = new Map();
  #next = 0;

  constructor(whole, build) {
    this.#whole = whole;
    this.#build = build;
    this.#taken = new Set(whole.exports.map(({ js }) => js));
  }

  /** What a part with these functions imports, and the names of all functions that it calls, holds or puts into the table. */
  with(own) {
    const { functions, elements, things } = this.#whole;
    const bodies = functions.filter(({ name }) => own.has(name));
    const imports = [];
    const used = new Set(bodies.flatMap(({ uses }) => [...uses.func]));
    for (const { names } of elements) for (const name of names) if (own.has(name)) used.add(name);
    if (bodies.length === 0) return { imports, used };
    const tables = things.filter(({ kind }) => kind === "table").map(({ name }) => name);
    // Where there is one table only, it need not be named.
    const tablesUsed = new Set(
      bodies.flatMap(({ uses }) => [...uses.table].map((name) => name ?? tables[0])),
    );
    for (const { table, names } of elements) {
      if (names.some((name) => own.has(name))) tablesUsed.add(table ?? tables[0]);
    }
    const globalsUsed = new Set(bodies.flatMap(({ uses }) => [...uses.global]));
    const share = (kind, name, importable) =>
      imports.push(` (import "${FIRST}" "${this.#nameOf(kind, name)}" ${importable})`);
    for (const { kind, name, field } of things) {
      const needed = kind === "memory" || (kind === "table" ? tablesUsed.has(name) : globalsUsed.has(name));
      if (needed) share(kind, name, kind === "global" ? globalType(field) : field.trim());
    }
    for (const { name, field } of functions) {
      if (!own.has(name) && used.has(name)) share("func", name, signature(name, field));
    }
    return { imports, used };
  }

  /** The name by which the first part exports something, from now on where it has not yet. */
  #nameOf(kind, name) {
    const key = `${kind} ${name}`;
    const before =
      this.#names.get(key) ??
      (kind === "memory"
        ? undefined
        : this.#whole.exports.find((exported) => exported.what === kind && exported.name === name)?.js);
    if (before !== undefined) return before;
    let js = this.#build;
    if (kind !== "memory") {
      do js = (this.#next++).toString(36);
      while (this.#taken.has(js));
    }
    this.#names.set(key, js);
    this.exports.push(` (export "${js}" (${kind} ${name}))`);
    return js;
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
