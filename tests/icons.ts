/** Draws the icons of the installed page from public/icon.svg: with round corners, and without them (maskable). */
import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";
import { ensureBrowser, launchOptions } from "./browser";

const icon = readFileSync("public/icon.svg", "utf8");
const maskable = icon
  .replace(' rx="7"', "")
  // A system may cut off everything outside a circle of 80% of the width.
  .replace(
    /(<rect.*\n)([\s\S]*)(<\/svg>)/,
    '$1<g transform="translate(16 16) scale(0.78) translate(-16 -16)">$2</g>$3',
  );
const icons = [
  { name: "icon-192", size: 192, svg: icon },
  { name: "icon-512", size: 512, svg: icon },
  { name: "maskable-512", size: 512, svg: maskable },
];

process.env.CHROME_PATH = ensureBrowser();
const browser = await chromium.launch(launchOptions());
try {
  for (const { name, size, svg } of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>* { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`);
    const path = `public/icons/${name}.png`;
    await page.screenshot({ path, omitBackground: true });
    console.log(path);
    await page.close();
  }
} finally {
  await browser.close();
}
