/**
 * An answer → its text, as JSON or as XML.
 */

/** @param {"JSON" | "XML"} format */
export function textOf(format, root, value) {
  if (format === "JSON") return { type: "application/json;charset=utf-8", text: JSON.stringify(value) };
  const xml = `<?xml version="1.0" encoding="UTF-8"?>${element(root, value)}`;
  return { type: "text/xml;charset=utf-8", text: xml };
}

/** A list is its element once more for each member, as the reference's samples have it. */
function element(name, value) {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map((one) => element(name, one)).join("");
  const inner =
    typeof value === "object"
      ? Object.entries(value)
          .map(([member, one]) => element(member, one))
          .join("")
      : escaped(String(value));
  return `<${name}>${inner}</${name}>`;
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;" };

/** What XML 1.0 cannot hold at all becomes U+FFFD. */
function escaped(text) {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll(/[&<>\r]/g, (mark) => ENTITIES[mark]);
}
