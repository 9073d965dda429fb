/**
 * Builds the service worker beside the page, with the list of all built files and their hashes in it.
 *
 * A file is fetched under the hash that the list gives: where the host has another version of it by then,
 * the whole list is given up rather than two versions kept side by side.
 */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Plugin } from "vite";

const SERVICE_WORKER = "service-worker.js";
const source = fileURLToPath(new URL("../src/offline/service-worker.ts", import.meta.url));

interface PrecachedFile {
  readonly url: string;
  /** `null` where the name holds a hash already. */
  readonly revision: string | null;
  readonly integrity: string;
}

function precachedFiles(folder: string): readonly PrecachedFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ file, url: path.relative(folder, file).split(path.sep).join("/") }))
    .filter(({ url }) => url !== SERVICE_WORKER)
    .sort((one, other) => (one.url < other.url ? -1 : 1))
    .map(({ file, url }) => {
      const hash = createHash("sha384").update(readFileSync(file)).digest("base64");
      return {
        url,
        revision: url.startsWith("assets/") ? null : hash,
        integrity: `sha384-${hash}`,
      };
    });
}

export function serviceWorker(): Plugin {
  let folder = "";
  return {
    name: "service-worker",
    apply: "build",
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir);
    },
    writeBundle: {
      order: "post",
      sequential: true,
      async handler() {
        await build({
          entryPoints: [source],
          outfile: path.join(folder, SERVICE_WORKER),
          bundle: true,
          format: "iife",
          minify: true,
          target: "es2022",
          legalComments: "none",
          define: {
            "process.env.NODE_ENV": '"production"',
            PRECACHED: JSON.stringify(precachedFiles(folder)),
          },
        });
      },
    },
  };
}
