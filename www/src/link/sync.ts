/**
 * The address of the page says what is asked, and asks it again when it is opened, sent to somebody, or gone back to.
 *
 * A filter that has changed is a step to which one can go back; a number that is being typed is not.
 */

import { active } from "../details/active.ts";
import { createStore } from "../details/store.ts";
import type { Session } from "../session/session.ts";
import { fromFragment, type Linked, MOST_TO_SHARE, toFragment } from "./codec.ts";

/** So long nothing may change before the address does: not every key is a step, and browsers refuse too many. */
const SETTLED_AFTER_MS = 400;

/** What there is to say of the link. */
export const link = createStore<{
  /** Parts of the address that could not be read. */
  readonly dropped: readonly string[];
  /** Whether what is asked is too long for a link. */
  readonly tooLong: boolean;
}>({ dropped: [], tooLong: false });

/** What is asked at the moment, as a link says it. */
export const asked = (session: Session): Linked => {
  const { filter, remaining, settings } = session.getState();
  return { filter, remaining, cycleStart: settings.cycleStart, tab: active.get().tab };
};

/** Takes up what the address asks. */
function takeUp(session: Session): void {
  const { linked, dropped } = fromFragment(location.hash);
  link.set({ dropped });
  active.set({ tab: linked.tab });
  session.takeUp(linked);
}

/** The address with a fragment; where nothing is asked, without one. */
const addressWith = (fragment: string): string =>
  `${location.pathname}${location.search}${fragment === "" ? "" : `#${fragment}`}`;

/** Keeps the address and the session in step, from now on. */
export function followLink(session: Session): void {
  takeUp(session);
  let written = toFragment(asked(session));
  let writtenFilter = session.getState().filter;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const write = () => {
    const now = asked(session);
    const fragment = toFragment(now);
    if (fragment === written) return;
    const tooLong = fragment.length > MOST_TO_SHARE;
    if (tooLong !== link.get().tooLong) link.set({ tooLong });
    // The address must not say anything else than the page: of what is too long it says nothing.
    const address = addressWith(tooLong ? "" : fragment);
    try {
      if (now.filter === writtenFilter) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
    } catch {
      // A browser that is asked too often refuses; the next change tries again.
      return;
    }
    written = fragment;
    writtenFilter = now.filter;
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(write, SETTLED_AFTER_MS);
  };
  session.subscribe(later);
  active.subscribe(later);

  // Going back and forward, and an address that is typed or pasted over the present one.
  const follow = () => {
    clearTimeout(timer);
    if (addressWith(written) === addressWith(location.hash.slice(1))) return;
    takeUp(session);
    written = toFragment(asked(session));
    writtenFilter = session.getState().filter;
  };
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);
}
