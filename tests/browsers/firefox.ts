import puppeteer from "puppeteer-core";
import { openDisplay } from "./display";
import type { Tab } from "./tab";

/** Firefox, driven over WebDriver BiDi. It has WebGL on a virtual screen, and none without a screen. */
export async function openFirefox(executablePath: string): Promise<Tab> {
  const display = await openDisplay();
  const browser = await puppeteer
    .launch({
      browser: "firefox",
      executablePath,
      headless: false,
      env: { ...process.env, DISPLAY: display.name, LIBGL_ALWAYS_SOFTWARE: "1" },
    })
    .catch((error: unknown) => {
      display.close();
      throw error;
    });
  const page = await browser.newPage();
  return {
    goto: async (address) => void (await page.goto(address)),
    evaluate: <R, A>(call: (argument: A) => R | Promise<R>, argument: A) =>
      page.evaluate(call as (argument: unknown) => unknown, argument) as Promise<R>,
    async drag(from, to) {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(to.x, to.y, { steps: 4 });
      await page.mouse.up();
    },
    press: (key) => page.keyboard.press(key as "Escape"),
    screenshot: () => page.screenshot({ encoding: "base64" }),
    resize: (width, height) => page.setViewport({ width, height }),
    async close() {
      await browser.close();
      display.close();
    },
  };
}
