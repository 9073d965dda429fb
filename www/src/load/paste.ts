/** Ctrl+V anywhere but in an input → an inventory: files that were copied, or text. */

import { useEffect, useRef } from "react";
import type { ExportOrigin } from "../engine/contract.ts";

const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));

function originOf({ files }: DataTransfer, text: string): ExportOrigin | undefined {
  if (files.length > 0) return { kind: "files", files: [...files] };
  return text.trim() === "" ? undefined : { kind: "pasted", text: new Blob([text]) };
}

export function usePaste(onOpen: (origin: ExportOrigin) => void): void {
  const handler = useRef(onOpen);
  handler.current = onOpen;
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const { clipboardData } = event;
      if (clipboardData === null || event.defaultPrevented || takesText(event.target)) return;
      const origin = originOf(clipboardData, clipboardData.getData("text/plain"));
      if (origin === undefined) return;
      event.preventDefault();
      handler.current(origin);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, []);
}
