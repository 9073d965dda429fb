/** Preferences kept between visits. Storage is a convenience: where it is refused, defaults hold. */

export function read(key: string): string | undefined {
  try {
    return localStorage.getItem(`scan-precheck.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function write(key: string, value: string): void {
  try {
    localStorage.setItem(`scan-precheck.${key}`, value);
  } catch {
    // The choice holds for this visit.
  }
}
