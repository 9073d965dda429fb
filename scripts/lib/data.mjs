/**
 * Which data of a linked module only some of its functions need. The linker (`--emit-relocs`) tells every place in code
 * and data where the address of a thing stands, and of each thing where it lies: so nothing has to be guessed from
 * numbers. Module in, ranges of addresses out.
 *
 * A thing is needed by a function that holds its address, and by every thing that is needed and holds it. What nobody
 * holds, and what lies where two things lie, counts as needed by all.
 */
import { Failure } from "./run.mjs";

/** Kinds of relocations that stand for an address in memory: LEB, SLEB, I32. */
const ADDRESSES = new Set([3, 4, 5]);

/** Kinds with a number behind them that is added: those, and offsets in functions and sections. */
const WITH_ADDEND = new Set([3, 4, 5, 8, 9, 11, 14, 15, 16, 17, 22, 23, 25]);

const DATA = 1;
const UNDEFINED = 0x10;
const EXPLICIT_NAME = 0x40;

/**
 * @param {Uint8Array} bytes The module as the linker leaves it.
 * @param {(name: string) => boolean} isCold Whether a function by its name in the module is one of those.
 * @returns {{ start: number, end: number }[]} Addresses of what only those need, ascending.
 */
export function dataOfOnly(bytes, isCold) {
  const module = read(bytes);
  const things = module.symbols.map((symbol) => symbol && { ...symbol, needs: new Set() });
  const [hot, cold] = [new Set(), new Set()];
  for (const { offset, symbol } of module.relocations.CODE) {
    const { name } = module.bodies[bodyAt(module.bodies, offset)];
    (isCold(name) ? cold : hot).add(symbol);
  }
  const byPlace = things
    .flatMap((thing, symbol) => (thing ? [{ ...thing, symbol }] : []))
    .sort((one, other) => one.start - other.start);
  for (const { offset, symbol } of module.relocations.DATA) {
    const address = addressOf(module.segments, offset);
    // Every thing that the address may lie in: there may be more than one.
    const holders = byPlace.filter(({ start, end }) => start <= address && address < end);
    for (const holder of holders) things[holder.symbol].needs.add(symbol);
    if (holders.length === 0) hot.add(symbol);
  }
  for (const symbol of hot) for (const needed of things[symbol]?.needs ?? []) hot.add(needed);
  for (const symbol of cold) for (const needed of things[symbol]?.needs ?? []) cold.add(needed);
  const only = byPlace.filter(({ symbol }) => cold.has(symbol) && !hot.has(symbol));
  const kept = byPlace.filter(({ symbol }) => !cold.has(symbol) || hot.has(symbol));
  return joined(without(only, kept));
}

function bodyAt(bodies, offset) {
  const at = bodies.findLastIndex(({ start }) => start <= offset);
  if (at < 0 || offset >= bodies[at].end) unreadable("a relocation lies in no function");
  return at;
}

function addressOf(segments, offset) {
  const segment = segments.findLast(({ place }) => place <= offset);
  if (segment === undefined || offset >= segment.place + segment.length)
    unreadable("a relocation lies in no data");
  return segment.address + offset - segment.place;
}

/** Ranges without what lies in others. */
function without(ranges, others) {
  let left = ranges.map(({ start, end }) => ({ start, end }));
  for (const other of others) {
    left = left.flatMap((range) =>
      other.end <= range.start || range.end <= other.start
        ? [range]
        : [
            { start: range.start, end: Math.min(range.end, other.start) },
            { start: Math.max(range.start, other.end), end: range.end },
          ].filter(({ start, end }) => start < end),
    );
  }
  return left;
}

/** Ranges of which none touches another. */
function joined(ranges) {
  const all = [];
  for (const range of ranges.sort((one, other) => one.start - other.start)) {
    const last = all.at(-1);
    if (last !== undefined && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else all.push({ ...range });
  }
  return all;
}

/** What of a module is to be known here. */
function read(bytes) {
  const sections = sectionsOf(bytes);
  const [code, data, names, linking] = [10, 11, "name", "linking"].map((kind) => {
    const section = sections.find((section) => section.kind === kind);
    return section ?? unreadable(`it has no section \`${kind}\``);
  });
  const imported = importedFunctions(sections.find(({ kind }) => kind === 2));
  const named = functionNames(names);
  const bodies = bodiesOf(code).map((body, at) => ({ ...body, name: named.get(imported + at) ?? "" }));
  const segments = segmentsOf(data);
  const relocations = { CODE: [], DATA: [] };
  for (const kind of Object.keys(relocations)) {
    const section = sections.find((section) => section.kind === `reloc.${kind}`);
    if (section !== undefined) relocations[kind] = relocationsOf(section);
  }
  if (relocations.CODE.length === 0) unreadable("the linker tells nothing of its code");
  return { bodies, segments, relocations, symbols: symbolsOf(linking, segments) };
}

function unreadable(what) {
  throw new Failure(`the compiled module cannot be read: ${what}`, {
    remedy:
      "it is linked with `--emit-relocs` (.cargo/config.toml), of which scripts/lib/data.mjs knows the form",
  });
}

/** A reader of a part of the module. */
class Reader {
  constructor(bytes, at, end) {
    Object.assign(this, { bytes, at, end });
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** A whole number in LEB128, without its sign. */
  number() {
    let [number, scale, byte] = [0, 1, 0];
    do {
      byte = this.byte();
      number += (byte & 0x7f) * scale;
      scale *= 128;
    } while (byte & 0x80);
    return number;
  }

  /** The same with its sign, of 32 bits. */
  signed() {
    let [number, shift, byte] = [0, 0, 0];
    do {
      byte = this.byte();
      number |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte & 0x80);
    return shift < 32 && byte & 0x40 ? number | (-1 << shift) : number;
  }

  text() {
    const length = this.number();
    this.at += length;
    return Buffer.from(this.bytes.subarray(this.at - length, this.at)).toString("utf8");
  }
}

function sectionsOf(bytes) {
  const reader = new Reader(bytes, 8, bytes.length);
  const sections = [];
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const length = reader.number();
    const section = { kind: id, start: reader.at, end: reader.at + length, bytes };
    if (id === 0) {
      section.kind = reader.text();
      section.content = reader.at;
    }
    sections.push(section);
    reader.at = section.end;
  }
  return sections;
}

const readerOf = ({ bytes, start, content = start, end }) => new Reader(bytes, content, end);

function importedFunctions(section) {
  if (section === undefined) return 0;
  const reader = readerOf(section);
  let functions = 0;
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.text();
    reader.text();
    const kind = reader.byte();
    if (kind !== 0) unreadable("it imports something else than functions");
    reader.number();
    functions += 1;
  }
  return functions;
}

function functionNames(section) {
  const reader = readerOf(section);
  const names = new Map();
  while (reader.at < reader.end) {
    const kind = reader.byte();
    const length = reader.number();
    const end = reader.at + length;
    if (kind === 1)
      for (let left = reader.number(); left > 0; left -= 1) names.set(reader.number(), reader.text());
    reader.at = end;
  }
  return names;
}

/** Where in the section each function's body lies. */
function bodiesOf(section) {
  const reader = readerOf(section);
  const bodies = [];
  for (let left = reader.number(); left > 0; left -= 1) {
    const length = reader.number();
    const start = reader.at - section.start;
    bodies.push({ start, end: start + length });
    reader.at += length;
  }
  return bodies;
}

/** Of each segment: where in the section its bytes lie, how many they are, and at which address they go. */
function segmentsOf(section) {
  const reader = readerOf(section);
  const segments = [];
  for (let left = reader.number(); left > 0; left -= 1) {
    if (reader.number() !== 0 || reader.byte() !== 0x41)
      unreadable("its data goes nowhere or to an unknown place");
    const address = reader.signed() >>> 0;
    if (reader.byte() !== 0x0b) unreadable("the place of its data has to be computed");
    const length = reader.number();
    segments.push({ place: reader.at - section.start, length, address });
    reader.at += length;
  }
  return segments;
}

/** Each place where the address of a thing in memory stands. */
function relocationsOf(section) {
  const reader = readerOf(section);
  reader.number();
  const relocations = [];
  for (let left = reader.number(); left > 0; left -= 1) {
    const kind = reader.byte();
    const [offset, symbol] = [reader.number(), reader.number()];
    if (WITH_ADDEND.has(kind)) reader.signed();
    if (ADDRESSES.has(kind)) relocations.push({ offset, symbol });
  }
  return relocations;
}

/** The things in memory by their number among all symbols; nothing in the place of any other symbol. */
function symbolsOf(section, segments) {
  const reader = readerOf(section);
  if (reader.number() !== 2) unreadable("what the linker tells has another version than 2");
  const symbols = [];
  while (reader.at < reader.end) {
    const kind = reader.byte();
    const length = reader.number();
    const end = reader.at + length;
    if (kind === 8)
      for (let left = reader.number(); left > 0; left -= 1) symbols.push(symbol(reader, segments));
    reader.at = end;
  }
  return symbols;
}

function symbol(reader, segments) {
  const kind = reader.byte();
  const flags = reader.number();
  if (kind === DATA) {
    reader.text();
    if (flags & UNDEFINED) return undefined;
    const [segment, offset, length] = [reader.number(), reader.number(), reader.number()];
    // What is zero at first has no segment, and is no part of the download.
    if (segments[segment] === undefined) return undefined;
    const start = segments[segment].address + offset;
    return { start, end: start + length };
  }
  reader.number();
  const hasName = kind !== 3 && (!(flags & UNDEFINED) || flags & EXPLICIT_NAME);
  if (hasName) reader.text();
  return undefined;
}
