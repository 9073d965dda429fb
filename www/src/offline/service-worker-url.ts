/** The service worker's address as the type that its registration asks for under Trusted Types; it lets no other pass. */

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

/** It lies beside the page: what it serves is the folder of the page, wherever that is. */
const address = new URL("service-worker.js", document.baseURI).href;

function ownServiceWorkerOnly(url: string): string {
  if (url !== address || new URL(url).origin !== location.origin) {
    throw new TypeError(`not the address of the service worker: ${url}`);
  }
  return url;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
const policy = trustedTypes?.createPolicy("scan-precheck-offline", { createScriptURL: ownServiceWorkerOnly });

export const serviceWorkerUrl = (): string =>
  policy ? policy.createScriptURL(address) : ownServiceWorkerOnly(address);
