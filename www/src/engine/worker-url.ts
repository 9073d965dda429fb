/**
 * The worker's address as the type that `new Worker` asks for under Trusted Types. The policy lets no
 * other address pass, whoever calls it.
 */

import workerUrl from "scan-precheck/worker-script?worker&url";

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

const address = new URL(workerUrl, import.meta.url).href;

function ownWorkerOnly(url: string): string {
  if (url !== address || new URL(url).origin !== location.origin) {
    throw new TypeError(`not the address of the worker: ${url}`);
  }
  return url;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
const policy = trustedTypes?.createPolicy("scan-precheck-worker", { createScriptURL: ownWorkerOnly });

export function startWorker(): Worker {
  return new Worker(policy ? policy.createScriptURL(address) : ownWorkerOnly(address), {
    type: "module",
    name: "scan-precheck",
  });
}
