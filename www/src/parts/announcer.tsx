/** Tells screen readers what changed, politely and only once it stands still. */

import LiveRegion from "@cloudscape-design/components/live-region";
import { useMessages } from "../messages/context.ts";
import type { Messages } from "../messages/en.ts";
import type { State } from "../session/state.ts";
import { useSettled } from "./delayed.ts";
import { originName } from "./origin-name.ts";
import { spokenEstimate } from "./verdict.ts";

const SETTLED_AFTER_MS = 600;

function sentence(state: State, messages: Messages): string {
  const { loading, loadFailure, estimate, inventory } = state;
  if (loading) return messages.load.reading(originName(loading.origin, messages));
  if (loadFailure) {
    return `${messages.load.failed(originName(loadFailure.origin, messages))}. ${messages.errors[loadFailure.failure.code]}`;
  }
  if (inventory === undefined || estimate === undefined) return "";
  return spokenEstimate(estimate, messages);
}

export function Announcer({ state }: { readonly state: State }) {
  const text = useSettled(sentence(state, useMessages()), SETTLED_AFTER_MS);
  return <LiveRegion hidden>{text}</LiveRegion>;
}
