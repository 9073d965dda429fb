/**
 * An inventory as plain row objects, as a page without further help would hold it.
 */
import { COLUMNS } from "../fields.mjs";
import { lineTexts } from "./stream.mjs";

/** Rows of a CSV. Lines are split where no cell is quoted, which spares what a CSV package does for each cell. */
export async function objectsOfCsv(path, most = Number.POSITIVE_INFINITY) {
  const rows = [];
  let header = true;
  for await (const text of lineTexts(path)) {
    if (text.includes('"')) throw new Error("a quoted cell: this reader takes the short way for want of any");
    const lines = text.split("\n");
    for (let index = header ? 1 : 0; index < lines.length; index += 1)
      rows.push(objectOf(lines[index].split(",")));
    header = false;
    if (rows.length >= most) return rows.slice(0, most);
  }
  return rows;
}

function objectOf(cells) {
  return {
    RegistryType: cells[0],
    RegionId: cells[1],
    InstanceId: cells[2],
    RepoNamespace: cells[3],
    RepoId: cells[4],
    RepoName: cells[5],
    Digest: cells[6],
    Tag: cells[7],
    LastScanTime: cells[8] === "" ? undefined : Number(cells[8]),
  };
}

export async function objectsOfJson(path) {
  const rows = [];
  for await (const text of lineTexts(path)) {
    for (const line of text.split("\n"))
      for (const image of JSON.parse(line).ImageInstanceList) rows.push(image);
  }
  return rows;
}

/** Arrays of values by column, for packages that hold columns. */
export function columnsOfObjects(rows) {
  return Object.fromEntries(COLUMNS.map((column) => [column, rows.map((row) => row[column])]));
}
