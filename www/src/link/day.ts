/** Days as `YYYY-MM-DD` ↔ the time at which they begin where the user is. */

/** Midnight of a day in the user's time zone; `undefined` where there is no such day. */
export function dayStart(text: string): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year = 0, month = 0, day = 0] = parts;
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day && year >= 1970 ? date.getTime() : undefined;
}

export function dayText(time: number): string {
  const date = new Date(time);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
