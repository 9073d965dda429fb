/**
 * Whether the page is there without a network, and whether a newer version waits to take its place.
 *
 * Working offline is a convenience: where the browser refuses it, the page says so and works as before.
 */

import { createStore } from "../details/store.ts";
import { serviceWorkerUrl } from "./service-worker-url.ts";
import { type Reply, TAKE_OVER } from "./take-over.ts";

export const offline = createStore<{
  readonly online: boolean;
  /** `"ready"`: everything is kept in the browser. `"refused"`: it cannot be. */
  readonly copy: "none" | "ready" | "refused";
  readonly newVersion: boolean;
  /** The new version was asked for, but other windows work with the present one. */
  readonly otherWindows: boolean;
}>({ online: navigator.onLine, copy: "none", newVersion: false, otherWindows: false });

/** A page that stays open for days asks for a newer version when it is looked at again. */
const LOOK_AGAIN_AFTER_MS = 3_600_000;

let waiting: ServiceWorker | undefined;

/** Makes the page ready to work offline, once it has loaded: what it needs itself goes first. */
export function prepareOffline(): void {
  for (const type of ["online", "offline"]) {
    window.addEventListener(type, () => offline.set({ online: navigator.onLine }));
  }
  if (!import.meta.env.PROD) return;
  if (document.readyState === "complete") void register();
  else window.addEventListener("load", () => void register(), { once: true });
}

async function register(): Promise<void> {
  const { serviceWorker } = navigator;
  try {
    // Outside of a secure context there is none.
    if (serviceWorker === undefined) throw new TypeError("no service workers here");
    const registration = await serviceWorker.register(serviceWorkerUrl());
    follow(registration);
    await serviceWorker.ready;
    offline.set({ copy: "ready" });
    lookAgain(registration);
  } catch {
    // Without a network only the copy can have served this page.
    offline.set({ copy: serviceWorker?.controller ? "ready" : "refused" });
  }
}

/** Watches for a version that is complete and waits behind the one that serves. */
function follow(registration: ServiceWorkerRegistration): void {
  const look = () => {
    if (registration.waiting === null || registration.active === null) return;
    waiting = registration.waiting;
    offline.set({ newVersion: true, otherWindows: false });
  };
  const watch = () => registration.installing?.addEventListener("statechange", look);
  look();
  watch();
  registration.addEventListener("updatefound", watch);
}

function lookAgain(registration: ServiceWorkerRegistration): void {
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - looked < LOOK_AGAIN_AFTER_MS) return;
    looked = Date.now();
    registration.update().catch(() => {});
  });
}

/** Lets the new version take over, and opens the page in it. */
export function takeNewVersion(): void {
  const worker = waiting;
  // Another window may have taken it already.
  if (worker === undefined || worker.state !== "installed") {
    location.reload();
    return;
  }
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<Reply>) =>
    offline.set({ otherWindows: data === "other-windows" });
  worker.postMessage(TAKE_OVER, [port2]);
}
