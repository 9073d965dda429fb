/**
 * Numbers as people read them; the same on every machine, whatever its language.
 */

/** `12,345` */
export function count(number) {
  return String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** An exact decimal: `12,345.5` */
export function units(decimal) {
  const [whole, fraction] = decimal.split(".");
  return fraction === undefined ? count(whole) : `${count(whole)}.${fraction}`;
}

/** `1 image`, `2 images` */
export function counted(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** `1.2 MB` */
export function megabytes(bytes) {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A time in UTC: `2026-11-01T00:00:00Z` */
export function time(milliseconds) {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}
