/** Two ways of not disturbing: showing something only when it lasts, and saying something only when it stands. */

import { useEffect, useState } from "react";

/** Below this a wait is not noticed, and showing it would be what disturbs. */
const NOTICED_AFTER_MS = 150;

/** `true` once `active` has lasted long enough to be noticed. */
export function useNoticeable(active: boolean): boolean {
  const [noticeable, setNoticeable] = useState(false);
  useEffect(() => {
    if (!active) {
      setNoticeable(false);
      return;
    }
    const timer = setTimeout(() => setNoticeable(true), NOTICED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [active]);
  return active && noticeable;
}

/** The value after it has not changed for a while. */
export function useSettled<Value>(value: Value, milliseconds: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
