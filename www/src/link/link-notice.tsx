/** Says which parts of the link could not be read: a question that is not the one that was sent must not look like it. */

import Alert from "@cloudscape-design/components/alert";
import { useStore } from "../details/store.ts";
import { useMessages } from "../messages/context.ts";
import { link } from "./sync.ts";

export function LinkNotice() {
  const { link: words, load } = useMessages();
  const { dropped } = useStore(link);
  if (dropped.length === 0) return null;
  return (
    <div className="stack">
      <Alert
        type="warning"
        dismissible
        dismissAriaLabel={load.dismiss}
        onDismiss={() => link.set({ dropped: [] })}
        header={words.dropped(dropped.length)}
      >
        {words.parts} <code>{dropped.join(", ")}</code>
      </Alert>
    </div>
  );
}
