/**
 * What lets `using` dispose of a thing.
 */

/** Gives a class with `free()` its `Symbol.dispose`. Where the platform has none yet, `using` cannot occur either. */
export function makeDisposable({ prototype }) {
  if (Symbol.dispose === undefined) return;
  Object.defineProperty(prototype, Symbol.dispose, {
    value() {
      this.free();
    },
    writable: true,
    configurable: true,
  });
}
