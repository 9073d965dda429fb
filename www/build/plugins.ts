/**
 * Two build steps that the content security policy asks for: fonts that Cloudscape embeds in its style
 * sheet become files of the page's own origin, and the policy is written into the page.
 */

import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Plugin } from "vite";
import { metaPolicy } from "./security-headers.ts";

const EMBEDDED_FONT = /url\('data:font\/woff2;base64,([^')]+)'\)/g;

/** `font-src 'self'` admits no `data:` fonts; as files they also load only where a text uses them. */
export function fontsAsFiles(): Plugin {
  let folder = "";
  return {
    name: "fonts-as-files",
    enforce: "pre",
    configResolved(config) {
      folder = path.join(config.cacheDir, "fonts");
    },
    transform: {
      filter: { id: /global-styles\/index\.css$/ },
      handler(code, id) {
        mkdirSync(folder, { recursive: true });
        return code.replace(EMBEDDED_FONT, (_, base64: string) => {
          const bytes = Buffer.from(base64, "base64");
          const name = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
          const file = path.join(folder, `${name}.woff2`);
          writeFileSync(file, bytes);
          return `url('${path.relative(path.dirname(id), file).split(path.sep).join("/")}')`;
        });
      },
    },
  };
}

/** Static hosts often let nobody set headers: the page brings its policy along. */
export function policyInPage(): Plugin {
  return {
    name: "policy-in-page",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: metaPolicy },
        injectTo: "head-prepend",
      },
    ],
  };
}
