/** A WebAssembly module with other names for what it imports. Bytes in, bytes out. */

const HEADER_LENGTH = 8;
const IMPORT_SECTION = 2;

/** What stands behind the name of an import, by its kind: how many numbers, and of a limit whether there is a most. */
const KINDS = { function: 0, table: 1, memory: 2, global: 3, tag: 4 };

/**
 * @param {Uint8Array} bytes
 * @param {(module: string, name: string) => string} rename
 * @returns {Uint8Array}
 */
export function withImportsNamed(bytes, rename) {
  const out = [bytes.subarray(0, HEADER_LENGTH)];
  let at = HEADER_LENGTH;
  while (at < bytes.length) {
    const id = bytes[at];
    const [length, start] = number(bytes, at + 1);
    const content = bytes.subarray(start, start + length);
    if (id === IMPORT_SECTION) {
      const renamed = section(content, rename);
      out.push(Uint8Array.of(id), written(renamed.length), renamed);
    } else out.push(bytes.subarray(at, start + length));
    at = start + length;
  }
  return Buffer.concat(out);
}

function section(content, rename) {
  let [count, at] = number(content, 0);
  const out = [written(count)];
  for (; count > 0; count -= 1) {
    const [module, behindModule] = text(content, at);
    const [name, behindName] = text(content, behindModule);
    const end = behindDescription(content, behindName);
    for (const one of [module, rename(module, name)]) {
      const encoded = Buffer.from(one);
      out.push(written(encoded.length), encoded);
    }
    out.push(content.subarray(behindName, end));
    at = end;
  }
  return Buffer.concat(out);
}

/** Where the description of an import ends that begins with its kind. */
function behindDescription(content, at) {
  switch (content[at]) {
    case KINDS.function:
      return number(content, at + 1)[1];
    case KINDS.table:
      return behindLimits(content, at + 2);
    case KINDS.memory:
      return behindLimits(content, at + 1);
    case KINDS.global:
      return at + 3;
    case KINDS.tag:
      return number(content, at + 2)[1];
    default:
      throw new Error(`an import of the unknown kind ${content[at]}`);
  }
}

function behindLimits(content, at) {
  const hasMost = content[at] & 1;
  const [, behindLeast] = number(content, at + 1);
  return hasMost ? number(content, behindLeast)[1] : behindLeast;
}

function text(content, at) {
  const [length, start] = number(content, at);
  return [Buffer.from(content.subarray(start, start + length)).toString(), start + length];
}

/** A number of seven bits a byte, the lowest first, and where it ends. */
function number(content, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = content[at];
    value += (byte & 0x7f) * 2 ** shift;
    at += 1;
    if ((byte & 0x80) === 0) return [value, at];
  }
}

function written(value) {
  const out = [];
  do {
    const rest = Math.floor(value / 128);
    out.push((value % 128) + (rest > 0 ? 128 : 0));
    value = rest;
  } while (value > 0);
  return Uint8Array.from(out);
}
