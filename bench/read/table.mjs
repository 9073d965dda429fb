/**
 * An inventory as typed columns of codes, read from a CSV byte by byte or from JSON page by page.
 */
import { CYCLE_START, DIGEST, FIELDS } from "../fields.mjs";
import { Dictionary, grown, SEED } from "./dictionary.mjs";
import { Digests } from "./digests.mjs";
import { linePieces, lineTexts } from "./stream.mjs";

export class Table {
  rows = 0;
  dictionaries = FIELDS.map(({ index }) => (index === DIGEST ? new Digests() : new Dictionary()));
  codes = FIELDS.map(() => new Uint32Array(1 << 14));
  /** Per digest: whether any row of it is charged. */
  charged = new Uint8Array(1 << 14);

  static async fromCsv(path) {
    const table = new Table();
    let header = true;
    for await (const piece of linePieces(path)) {
      table.#lines(piece, header ? piece.indexOf(10) + 1 : 0);
      header = false;
    }
    return table.#finished();
  }

  static async fromJson(path) {
    const table = new Table();
    const columns = FIELDS.map(({ column }) => column);
    // A text is met again and again: a map of texts finds it faster than its bytes would be.
    const known = columns.map(() => new Map());
    for await (const text of lineTexts(path)) {
      for (const line of text.split("\n")) {
        for (const image of JSON.parse(line).ImageInstanceList) {
          const row = table.#newRow();
          for (let field = 0; field < columns.length; field += 1) {
            const value = image[columns[field]];
            let code = field === DIGEST ? table.dictionaries[DIGEST].codeOf(value) : known[field].get(value);
            if (code === undefined) {
              code = table.dictionaries[field].codeOf(value);
              known[field].set(value, code);
            }
            table.codes[field][row] = code;
          }
          table.#charge(row, image.LastScanTime >= CYCLE_START);
        }
      }
    }
    return table.#finished();
  }

  #newRow() {
    const row = this.rows;
    if (row === this.codes[0].length) {
      this.codes = this.codes.map((codes) => grown(codes, row + 1));
      this.charged = grown(this.charged, row + 1);
    }
    this.rows += 1;
    return row;
  }

  #charge(row, charged) {
    if (charged) this.charged[this.codes[DIGEST][row]] = 1;
  }

  #lines(bytes, from) {
    const { dictionaries } = this;
    for (let at = from; at < bytes.length; at += 1) {
      const row = this.#newRow();
      for (let field = 0; field < dictionaries.length; field += 1, at += 1) {
        let code;
        if (field === DIGEST && bytes[at + 64] === 44) {
          code = dictionaries[DIGEST].code(bytes, at);
          at += 64;
        } else {
          if (bytes[at] === 34)
            throw new Error("a quoted cell: this reader takes the short way for want of any");
          const start = at;
          let hash = SEED;
          for (let byte = bytes[at]; byte !== 44; byte = bytes[at]) {
            hash = Math.imul(hash ^ byte, 16777619);
            at += 1;
          }
          code = dictionaries[field].code(bytes, start, at, hash);
        }
        this.codes[field][row] = code;
      }
      let time = 0;
      for (; at < bytes.length && bytes[at] !== 10; at += 1) time = 10 * time + bytes[at] - 48;
      this.#charge(row, time >= CYCLE_START);
    }
  }

  /** Columns as narrow as their codes allow. */
  #finished() {
    this.codes = this.codes.map((codes, field) => {
      const { size } = this.dictionaries[field];
      const Narrow = size <= 1 << 8 ? Uint8Array : size <= 1 << 16 ? Uint16Array : Uint32Array;
      return new Narrow(codes.subarray(0, this.rows));
    });
    this.charged = this.charged.slice(0, this.dictionaries[DIGEST].size);
    return this;
  }

  find(field, value) {
    return this.dictionaries[field].find(value);
  }

  text(field, code) {
    return field === DIGEST ? this.dictionaries[DIGEST].text(code) : this.dictionaries[field].texts[code];
  }
}
