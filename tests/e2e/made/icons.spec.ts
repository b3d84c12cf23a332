// The icons of the installed console, drawn from `public/icon.svg`. One that a system cuts to its own shape
// has no corners of its own; what is drawn lies within the part that no system cuts away.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "../support/fixtures.ts";

const PUBLIC = join(import.meta.dirname, "../../../public");
const SVG = readFileSync(join(PUBLIC, "icon.svg"), "utf8");

const ICONS = [
  { name: "icon-192.png", size: 192, cut: false },
  { name: "icon-512.png", size: 512, cut: false },
  { name: "icon-maskable-512.png", size: 512, cut: true },
  { name: "apple-touch-icon.png", size: 180, cut: true },
];

for (const { name, size, cut } of ICONS) {
  test(name, async ({ page }) => {
    const drawing = Buffer.from(cut ? SVG.replace(' rx="7"', "") : SVG).toString("base64");
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<body style="margin:0"><img style="display:block" width="${size}" src="data:image/svg+xml;base64,${drawing}">`);
    await page.screenshot({ path: join(PUBLIC, name), omitBackground: true });
  });
}
