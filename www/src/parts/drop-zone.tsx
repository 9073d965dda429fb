/**
 * Files may be dropped anywhere. The overlay is only a hint and takes no focus: whoever cannot drag
 * chooses the file with the button, which does the same.
 */

import { useEffect, useRef, useState } from "react";
import { useMessages } from "../messages/context.ts";

const bringsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;

export function DropZone({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const { drop } = useMessages();
  const [over, setOver] = useState(false);
  const handler = useRef(onFiles);
  handler.current = onFiles;

  useEffect(() => {
    // Entering a child fires before leaving its parent, so the two are balanced by counting.
    let depth = 0;
    const change = (by: number) => (event: DragEvent) => {
      if (!bringsFiles(event)) return;
      depth = Math.max(0, depth + by);
      setOver(depth > 0);
    };
    const enter = change(1);
    const leave = change(-1);
    const hover = (event: DragEvent) => {
      if (bringsFiles(event)) event.preventDefault();
    };
    const take = (event: DragEvent) => {
      if (!bringsFiles(event)) return;
      // Without this the browser would leave the page for the file.
      event.preventDefault();
      depth = 0;
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) handler.current(files);
    };
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("dragover", hover);
    window.addEventListener("drop", take);
    return () => {
      window.removeEventListener("dragenter", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("dragover", hover);
      window.removeEventListener("drop", take);
    };
  }, []);

  return over ? (
    <div className="drop-overlay" aria-hidden="true">
      <span>{drop.invite}</span>
    </div>
  ) : null;
}
