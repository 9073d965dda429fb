/** Keeps the present inventory, or forgets it again: one button, so that the focus stays where it is. */

import Button from "@cloudscape-design/components/button";
import { useStore } from "../details/store.ts";
import { useMessages } from "../messages/context.ts";
import { originName } from "../parts/origin-name.ts";
import type { Session } from "../session/session.ts";
import type { LoadedInventory } from "../session/state.ts";
import { forget, keep, kept, keptOf } from "./kept.ts";

interface KeepButtonProps {
  readonly inventory: LoadedInventory;
  readonly session: Session;
}

export function KeepButton({ inventory, session }: KeepButtonProps) {
  const messages = useMessages();
  const { list } = useStore(kept);
  const present = keptOf(inventory, list);
  return (
    <Button
      onClick={() => {
        if (present) void forget(present.id);
        else void keep(originName(inventory.origin, messages), inventory, session.save);
      }}
    >
      {present ? messages.kept.forgetThis : messages.kept.keep}
    </Button>
  );
}
