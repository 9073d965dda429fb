/**
 * Tags as numbers: what kind of tag it is, and which of the kind.
 */
export const SEMVER = 0;
export const DATE = 1;
export const SHA = 2;
export const MINOR = 3;
export const NAMED = 4;

const NAMES = ["latest", "stable", "main", "dev", "prod", "staging"];

/** A tag in 32 bits. Of a SHA only 29 bits count. */
export function tagNumber(kind, n) {
  return ((kind << 29) | (n & 0x1fffffff)) >>> 0;
}

export function tagText(number) {
  const kind = number >>> 29;
  const n = number & 0x1fffffff;
  if (kind === SEMVER) return `${Math.floor(n / 200)}.${Math.floor(n / 10) % 20}.${n % 10}`;
  if (kind === MINOR) return `${Math.floor(n / 20)}.${n % 20}`;
  if (kind === SHA) return n.toString(16).padStart(8, "0");
  if (kind === NAMED) return NAMES[n];
  const day = new Date(Date.UTC(2023, 0, 1) + Math.floor(n / 4) * 86_400_000).toISOString().slice(0, 10);
  return `${day.replaceAll("-", "")}.${(n % 4) + 1}`;
}
