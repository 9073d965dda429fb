/** What became of keeping or forgetting: said to eyes and ears alike. */

import Alert from "@cloudscape-design/components/alert";
import LiveRegion from "@cloudscape-design/components/live-region";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useStore } from "../details/store.ts";
import { useMessages } from "../messages/context.ts";
import type { LoadedInventory } from "../session/state.ts";
import { kept, keptOf } from "./kept.ts";

export function KeepStatus({ inventory }: { readonly inventory: LoadedInventory }) {
  const { kept: words } = useMessages();
  const { list } = useStore(kept);
  const present = keptOf(inventory, list);
  return (
    <>
      <KeptFailure />
      {present ? (
        <LiveRegion>
          <StatusIndicator type="success">{words.isKept(present.size)}</StatusIndicator>
        </LiveRegion>
      ) : (
        inventory.origin.kind === "kept" && <StatusIndicator type="info">{words.isForgotten}</StatusIndicator>
      )}
    </>
  );
}

export function KeptFailure() {
  const { kept: words, load, errors } = useMessages();
  const { failure } = useStore(kept);
  if (failure === undefined) return null;
  return (
    <LiveRegion>
      <Alert
        type="error"
        header={words.failed}
        dismissible
        dismissAriaLabel={load.dismiss}
        onDismiss={() => kept.set({ failure: undefined })}
      >
        <p>{errors[failure.code]}</p>
        <p className="quiet">
          {load.code}: <code>{failure.code}</code>
        </p>
      </Alert>
    </LiveRegion>
  );
}
