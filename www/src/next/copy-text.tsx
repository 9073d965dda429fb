/** A text to copy: what it is, the text itself, and a button. */

import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import type { ReactNode } from "react";
import { useMessages } from "../messages/context.ts";

/** A longer text is copied as a whole and shown in part. */
const MOST_SHOWN = 4_000;

interface CopyTextProps {
  readonly label: string;
  readonly text: string;
  /** What else can be done with it. */
  readonly actions?: ReactNode;
}

export function CopyText({ label, text, actions }: CopyTextProps) {
  const { next } = useMessages();
  return (
    <div className="copy-text">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section className="copy-text-shown" tabIndex={0} aria-label={label}>
        <pre>{text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text}</pre>
      </section>
      <div className="copy-text-actions">
        <CopyToClipboard
          variant="button"
          copyButtonText={next.copy}
          copyButtonAriaLabel={`${next.copy}: ${label}`}
          copySuccessText={next.copied}
          copyErrorText={next.notCopied}
          textToCopy={text}
        />
        {actions}
      </div>
    </div>
  );
}
