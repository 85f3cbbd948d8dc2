import { mkdtempSync, rmSync } from "node:fs";
import { copyFile, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { advance, expect, load, on, recipe, status, test } from "../fixtures";

const root = resolve(import.meta.dirname, "../../..");
/** A folder of its own and a name with spaces, as on a USB stick. */
const stick = mkdtempSync(join(tmpdir(), "a stick "));
const file = join(stick, "Alphascope (copy).html");

test.beforeAll(async () => {
  expect(await readdir(join(root, "dist-single"))).toEqual(["alphascope.html"]);
  await copyFile(join(root, "dist-single/alphascope.html"), file);
});
test.afterAll(() => rmSync(stick, { recursive: true }));

// A request for any other file fails the test.
test.use({ baseURL: pathToFileURL(file).href, ownContext: true });

for (const engine of ["cpu", "webgl"] as const) {
  test(
    `the single file opened from a disk trains on ${engine} and loads no other file`,
    on(engine),
    async ({ page, baseURL }) => {
      const violations: string[] = [];
      await page.exposeFunction("refused", (directive: string) => violations.push(directive));
      await page.addInitScript(() =>
        document.addEventListener("securitypolicyviolation", (event) =>
          (window as unknown as { refused(what: string): void }).refused(event.effectiveDirective),
        ),
      );
      await page.goto(`${baseURL}?engine=${engine}#hidden=7`);
      await page.evaluate(() => window.alphascope.ready);
      expect(await status(page)).toMatchObject({ engine, playing: true });
      await expect.poll(async () => (await status(page)).step).toBeGreaterThan(20);
      await page.evaluate(() => window.alphascope.pause());
      await page.evaluate(() => window.alphascope.reset());
      await advance(page, 33);
      expect(await status(page)).toMatchObject({ engine, step: 33, state: "paused" });
      // A policy without WebAssembly would leave plain JavaScript.
      if (engine === "cpu") expect(await status(page)).toMatchObject({ renderer: "CPU, WebAssembly" });
      await expect(page.locator(".recharts-surface").first()).toBeVisible();
      await page.locator(".formula").first().scrollIntoViewIfNeeded();
      const fonts = await page.evaluate(async () => {
        await document.fonts.ready;
        return [...document.fonts].filter(({ status }) => status === "loaded").map(({ family }) => family);
      });
      expect(fonts).toEqual(expect.arrayContaining(["Inter", "KaTeX_Math"]));
      expect([...new Set(fonts)].length).toBeGreaterThan(1);
      // The file contains the datasets.
      for (const [dataset, rows] of [
        ["cars", 319],
        ["penguins", 276],
        ["digits", 2400],
      ] as const) {
        await load(page, { dataset, hidden: [3] });
        await advance(page, 2);
        expect(await recipe(page)).toMatchObject({ dataset, rows });
      }
      await page.keyboard.press("e");
      await expect(page.getByRole("region", { name: "Lesson" }).getByRole("heading")).toHaveText("The notebook");
      expect(await page.evaluate(() => navigator.serviceWorker?.controller ?? null)).toBeNull();
      expect(violations).toEqual([]);
    },
  );
}
