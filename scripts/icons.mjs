/**
 * Draws the icons of the installed page from `www/public/favicon.svg`, in Chromium: run it when that has changed.
 *
 *   node scripts/icons.mjs
 */
import { mkdirSync, readFileSync } from "node:fs";
import { launch } from "../tests/chromium.js";
import { inRoot } from "./lib/paths.mjs";
import { main } from "./lib/run.mjs";

const SIZES = [192, 512];

/** A platform cuts a maskable icon to its own shape, down to a circle of 80 %: the drawing, which fills 63 %, keeps within. */
const ENLARGED = 1.15;

const data = (svg) => `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;

await main(import.meta.url, async () => {
  const svg = readFileSync(inRoot("www/public/favicon.svg"), "utf8");
  const [ground] = svg.match(/<rect [^>]*\/>/) ?? [];
  const [colour] = ground?.match(/#[0-9a-f]{6}/) ?? [];
  if (colour === undefined) throw new Error("www/public/favicon.svg begins with no coloured ground");
  mkdirSync(inRoot("www/public/icons"), { recursive: true });
  const browser = await launch();
  try {
    for (const size of SIZES) {
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      for (const [name, image, side, background] of [
        ["icon", svg, size, "transparent"],
        ["maskable", svg.replace(ground, ""), size * ENLARGED, colour],
      ]) {
        await page.setContent(
          `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${background}">
           <img src="${data(image)}" width="${side}" height="${side}" alt="">`,
        );
        await page.screenshot({
          path: inRoot(`www/public/icons/${name}-${size}.png`),
          omitBackground: true,
        });
      }
      await page.close();
    }
  } finally {
    await browser.close();
  }
});
