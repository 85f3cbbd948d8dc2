/** Takes the README's pictures from the built page: the notebook's run, paused at step 237, in light and in dark. */
import { chromium } from "@playwright/test";
import { preview } from "vite";
import { ensureBrowser, launchOptions } from "./browser";

process.env.CHROME_PATH = ensureBrowser();
const server = await preview({ preview: { port: 0, host: "127.0.0.1" }, logLevel: "warn" });
const browser = await chromium.launch(launchOptions());
try {
  const address = server.resolvedUrls?.local[0] ?? "";
  for (const colorScheme of ["light", "dark"] as const) {
    const viewport = { width: 1440, height: 900 };
    const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce" });
    await page.goto(`${address}?paused&engine=cpu`);
    await page.evaluate(async () => {
      await window.alphascope.ready;
      await window.alphascope.advance(237);
      await document.fonts.ready;
    });
    // Charts are drawn one a frame.
    await page.waitForTimeout(1000);
    const path = `tests/screenshots/${colorScheme}.png`;
    await page.screenshot({ path });
    console.log(path);
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
