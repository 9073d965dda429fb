/**
 * The remaining quota out of a reply of `DescribeImageScanAuthCount`, however it is wrapped: what was bought less what
 * was scanned.
 */

export interface AuthCount {
  readonly capacity: number;
  readonly scanned: number;
}

/** A reply is small; what is deeper or longer is something else. */
const MOST_CHARACTERS = 100_000;
const MOST_DEPTH = 6;

const whole = (value: unknown): number | undefined => {
  const text = typeof value === "number" || typeof value === "string" ? String(value).trim() : "";
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

function find(value: unknown, depth: number): AuthCount | undefined {
  if (typeof value !== "object" || value === null || depth === 0) return undefined;
  // SDKs write names with a small letter.
  const entries = Object.entries(value).map(([name, inner]) => [name.toLowerCase(), inner] as const);
  const named = (name: string) => whole(entries.find(([known]) => known === name)?.[1]);
  const [capacity, scanned] = [named("imagescancapacity"), named("scancount")];
  if (capacity !== undefined && scanned !== undefined) return { capacity, scanned };
  for (const [, inner] of entries) {
    const found = find(inner, depth - 1);
    if (found) return found;
  }
  return undefined;
}

/** What a text holds of it; `undefined` where it is no such reply. */
export function authCountIn(text: string): AuthCount | undefined {
  if (text.length > MOST_CHARACTERS || !text.trim().startsWith("{")) return undefined;
  try {
    return find(JSON.parse(text), MOST_DEPTH);
  } catch {
    return undefined;
  }
}

/** More may have been scanned than was bought. */
export const remainingOf = ({ capacity, scanned }: AuthCount): number => Math.max(0, capacity - scanned);
