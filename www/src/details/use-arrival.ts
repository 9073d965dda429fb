/** Takes the focus to a part of the page to which somebody was led from elsewhere. */

import { type RefObject, useEffect, useRef } from "react";
import { active } from "./active.ts";
import { useStore } from "./store.ts";

export function useArrival<Part extends HTMLElement>(): RefObject<Part | null> {
  const part = useRef<Part>(null);
  const { arriving } = useStore(active);
  useEffect(() => {
    if (!arriving) return;
    active.set({ arriving: false });
    part.current?.focus();
  }, [arriving]);
  return part;
}
