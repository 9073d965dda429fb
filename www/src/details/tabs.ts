/** What stands behind the answer, one tab each: its name, and the part of the page that comes when it is first opened. */

import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { Messages } from "../messages/en.ts";
import type { Session } from "../session/session.ts";
import type { LoadedInventory, State } from "../session/state.ts";

/** What every tab is given. */
export interface TabProps {
  readonly state: State;
  readonly inventory: LoadedInventory;
  readonly session: Session;
}

export interface Tab {
  readonly id: string;
  readonly label: (messages: Messages) => string;
  readonly content: LazyExoticComponent<ComponentType<TabProps>>;
}

export const tab = (
  id: string,
  label: Tab["label"],
  load: () => Promise<{ default: ComponentType<TabProps> }>,
): Tab => ({ id, label, content: lazy(load) });

/** In the order of the questions that a person has: why, which, what to do, what to submit, is it so. */
export const TABS: readonly Tab[] = [
  tab(
    "by-field",
    ({ why }) => why.byField.tab,
    async () => ({ default: (await import("../why/by-field.tsx")).ByField }),
  ),
  tab(
    "images",
    ({ why }) => why.images.tab,
    async () => ({ default: (await import("../why/images.tsx")).Images }),
  ),
  tab(
    "plan",
    ({ next }) => next.plan.tab,
    async () => ({ default: (await import("../next/plan.tsx")).Plan }),
  ),
  tab(
    "request",
    ({ next }) => next.request.tab,
    async () => ({ default: (await import("../next/request.tsx")).Request }),
  ),
  tab(
    "check",
    ({ next }) => next.check.tab,
    async () => ({ default: (await import("../next/check.tsx")).Check }),
  ),
];
