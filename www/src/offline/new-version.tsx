/** Says that a newer version of the page waits. Nobody is moved to it unasked: what is open would be lost. */

import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import LiveRegion from "@cloudscape-design/components/live-region";
import { useState } from "react";
import { useStore } from "../details/store.ts";
import { useMessages } from "../messages/context.ts";
import { offline, takeNewVersion } from "./offline.ts";

export function NewVersion() {
  const { offline: words, load } = useMessages();
  const { newVersion, otherWindows } = useStore(offline);
  const [dismissed, setDismissed] = useState(false);
  if (!newVersion || dismissed) return null;
  return (
    <div className="stack">
      <Alert
        type="info"
        header={words.newVersion}
        dismissible
        dismissAriaLabel={load.dismiss}
        onDismiss={() => setDismissed(true)}
        action={<Button onClick={takeNewVersion}>{words.reload}</Button>}
      >
        <p>{words.keeps}</p>
        {otherWindows && <strong>{words.otherWindows}</strong>}
      </Alert>
      <LiveRegion hidden>{otherWindows ? words.otherWindows : words.newVersion}</LiveRegion>
    </div>
  );
}
