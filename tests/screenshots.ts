/** Takes the screenshots of the README from the built page: the notebook's run, paused at step 237. */
import { chromium } from "@playwright/test";
import { preview } from "vite";
import { ensureBrowser, launchOptions } from "./browser";

const desktop = { width: 1440, height: 900 };
const pictures: { name: string; viewport: typeof desktop; colorScheme: "light" | "dark"; key?: string }[] = [
  { name: "light", viewport: desktop, colorScheme: "light" },
  { name: "dark", viewport: desktop, colorScheme: "dark" },
  { name: "presenting", viewport: { width: 1920, height: 1080 }, colorScheme: "light", key: "p" },
  { name: "phone", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
];

process.env.CHROME_PATH = ensureBrowser();
const server = await preview({ preview: { port: 0, host: "127.0.0.1" }, logLevel: "warn" });
const browser = await chromium.launch(launchOptions());
try {
  const address = server.resolvedUrls?.local[0] ?? "";
  for (const { name, viewport, colorScheme, key } of pictures) {
    const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce" });
    await page.goto(`${address}?paused&engine=cpu`);
    await page.evaluate(async () => {
      await window.alphascope.ready;
      await window.alphascope.advance(237);
      await document.fonts.ready;
    });
    if (key) await page.keyboard.press(key);
    // The charts are redrawn over several frames.
    await page.waitForTimeout(1500);
    const path = `tests/screenshots/${name}.png`;
    await page.screenshot({ path });
    console.log(path);
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
