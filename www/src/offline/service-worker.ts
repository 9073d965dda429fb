/**
 * Serves the page without a network, from copies of its built files, and of nothing else: what is not in the
 * list of built files passes by unseen, and an inventory never is.
 *
 * One version serves at a time. A newer one is fetched whole, and waits until it is asked to take over and no
 * other window works with the present one.
 */

import { cleanupOutdatedCaches, precacheAndRoute } from "workbox-precaching";
import { type Reply, TAKE_OVER } from "./take-over.ts";

/** As far as it is used here: the types of service workers and of pages do not go together. */
interface ServiceWorkerScope {
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<readonly unknown[]>;
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(
    type: "activate" | "message",
    listener: (event: {
      readonly data: unknown;
      readonly ports: readonly MessagePort[];
      waitUntil(promise: Promise<unknown>): void;
    }) => void,
  ): void;
}

/** The built files; the build puts them here. */
declare const PRECACHED: {
  readonly url: string;
  readonly revision: string | null;
  readonly integrity: string;
}[];

const scope = globalThis as unknown as ServiceWorkerScope;

precacheAndRoute(PRECACHED);
cleanupOutdatedCaches();

// So that the parts of the page that come later are there offline, from the first visit on.
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));

async function takeOver(): Promise<Reply> {
  const windows = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (windows.length > 1) return "other-windows";
  await scope.skipWaiting();
  return "taken";
}

scope.addEventListener("message", (event) => {
  if (event.data !== TAKE_OVER) return;
  event.waitUntil(takeOver().then((reply) => event.ports[0]?.postMessage(reply)));
});
