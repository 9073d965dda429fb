/**
 * The response headers of the page and of everything it loads, in one table.
 *
 * A page's policy does not govern its workers, so the same headers go out with every response. The
 * page also carries the policy as a `<meta>` element, for hosts on which headers cannot be set; that
 * element cannot say `frame-ancestors`.
 */

const policy: Readonly<Record<string, readonly string[]>> = {
  "default-src": ["'none'"],
  // WebAssembly is compiled in the worker; nothing else is ever made from text.
  "script-src": ["'self'", "'wasm-unsafe-eval'"],
  "style-src": ["'self'"],
  "img-src": ["'self'", "data:"],
  "font-src": ["'self'"],
  // The WebAssembly module and the sample; an inventory is read, never sent.
  "connect-src": ["'self'"],
  "worker-src": ["'self'"],
  "manifest-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "frame-ancestors": ["'none'"],
  "require-trusted-types-for": ["'script'"],
  // These policies, in src/engine/worker-url.ts and src/offline/service-worker-url.ts, let nothing pass but one address each.
  "trusted-types": ["scan-precheck-worker", "scan-precheck-offline"],
};

function serialize(leaveOut: readonly string[]): string {
  return Object.entries(policy)
    .filter(([directive]) => !leaveOut.includes(directive))
    .map(([directive, values]) => [directive, ...values].join(" "))
    .join("; ");
}

/** The policy as far as a `<meta>` element may carry it. */
export const metaPolicy = serialize(["frame-ancestors"]);

export const securityHeaders: Record<string, string> = {
  "Content-Security-Policy": serialize([]),
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};
