import { chromium } from "@playwright/test";
import { preview } from "vite";
import { ensureBrowser, launchOptions } from "/work/main/tests/browser";

process.env.CHROME_PATH = ensureBrowser();
const server = await preview({ preview: { port: 0, host: "127.0.0.1" }, logLevel: "warn" });
const browser = await chromium.launch(launchOptions());
const address = server.resolvedUrls?.local[0] ?? "";
const [, , out, w, h, scheme, query, script] = process.argv;
const page = await browser.newPage({
  viewport: { width: Number(w), height: Number(h) },
  colorScheme: scheme as "light",
  reducedMotion: "reduce",
});
page.on("console", (m) => {
  if (m.type() === "error") console.log("console:", m.text());
});
page.on("pageerror", (e) => console.log("pageerror:", e.message));
await page.goto(`${address}${query}`);
await page.evaluate(async () => {
  await window.alphascope.ready;
  await document.fonts.ready;
});
if (script) await new Function("page", `return (async () => { ${script} })()`)(page);
await page.waitForTimeout(1500);
await page.screenshot({ path: out, fullPage: Number(w) < 500 });
await browser.close();
await server.close();
process.exit(0);
