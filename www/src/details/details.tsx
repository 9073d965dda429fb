/** What stands behind the answer, in tabs: each part comes when it is first opened, and one that fails takes no other with it. */

import Tabs from "@cloudscape-design/components/tabs";
import { Suspense } from "react";
import { useMessages } from "../messages/context.ts";
import { ErrorBoundary } from "../parts/error-boundary.tsx";
import { active } from "./active.ts";
import { useStore } from "./store.ts";
import { TABS, type TabProps } from "./tabs.ts";

export function Details(props: TabProps) {
  const messages = useMessages();
  const { tab } = useStore(active);
  const open = TABS.some(({ id }) => id === tab) ? tab : (TABS[0]?.id ?? "");
  return (
    <Tabs
      variant="container"
      ariaLabel={messages.details.label}
      activeTabId={open}
      onChange={({ detail }) => active.set({ tab: detail.activeTabId })}
      tabs={TABS.map(({ id, label, content: Content }) => ({
        id,
        label: label(messages),
        content: (
          <ErrorBoundary>
            <Suspense>
              <Content {...props} />
            </Suspense>
          </ErrorBoundary>
        ),
      }))}
    />
  );
}
