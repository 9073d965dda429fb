/** How the page is built into `www/dist` and how `vite preview` serves it. */

import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { serviceWorker } from "./build/offline.ts";
import { fontsAsFiles, policyInPage } from "./build/plugins.ts";
import { securityHeaders } from "./build/security-headers.ts";

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export default defineConfig({
  root: here("."),
  // Relative addresses: the page works from any folder of any host.
  base: "./",
  cacheDir: here("../node_modules/.vite-www"),
  plugins: [react(), fontsAsFiles(), policyInPage(), serviceWorker()],
  resolve: {
    alias: [
      { find: /^scan-precheck\/(worker|worker-script)(?=$|\?)/, replacement: here("../npm/$1.js") },
      { find: /^scan-precheck$/, replacement: here("../npm/browser.js") },
    ],
  },
  build: {
    outDir: here("dist"),
    emptyOutDir: true,
    target: "es2022",
    // A `data:` address would be refused by the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  worker: { format: "es" },
  server: { fs: { allow: [here("..")] } },
  preview: { host: "127.0.0.1", headers: securityHeaders },
});
