import { advance, expect, open, recipe, status, test, trace } from "../fixtures";

/** The actions of a lecturer, on each kind of screen. */
for (const [where, viewport] of [
  ["a laptop", { width: 1440, height: 900 }],
  ["a phone", { width: 390, height: 844 }],
] as const) {
  test.describe(() => {
    test.use({ viewport, hasTouch: viewport.width < 760, ownContext: true });

    test(`the page supports a lecture on ${where}: drag, step, select, diverge, recover, present, theme`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await open(page, "?engine=cpu");
      await expect.poll(async () => (await status(page)).step).toBeGreaterThan(20);

      // A drag of the learning rate during the run puts a mark on the time axis.
      const grip = page.locator(".ruler-grip");
      await grip.scrollIntoViewIfNeeded();
      const box = await grip.boundingBox();
      if (!box) throw new Error("The handle is not drawn.");
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 50, y, { steps: 5 });
      await page.mouse.up();
      await expect.poll(async () => (await recipe(page)).edits.length).toBeGreaterThan(0);
      const [edit] = (await recipe(page)).edits;
      await expect.poll(async () => (await status(page)).step).toBeGreaterThan((edit?.step ?? 0) + 10);
      // A chart far from the window is not redrawn.
      await page.getByRole("region", { name: "α* at every step" }).scrollIntoViewIfNeeded();
      await expect(page.locator(".edit-ticks text").first()).toContainText(/lr|change/);

      // Single steps by key.
      await page.keyboard.press("Space");
      await expect.poll(async () => (await status(page)).playing).toBe(false);
      // Steps requested before the pause are still measured.
      await advance(page, 0);
      const { step } = await status(page);
      for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
      await expect.poll(async () => (await status(page)).step).toBe(step + 3);
      await page.keyboard.press("ArrowLeft");
      await expect.poll(async () => (await status(page)).step).toBe(step + 2);

      // All panels show the measurements of the selected step.
      const plot = page.getByRole("slider", { name: /^Loss: step$/ });
      await plot.focus();
      for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowLeft");
      const at = Number(await plot.getAttribute("aria-valuenow"));
      expect(at).toBe(step - 1);
      const { loss, alphaStar, verdict } = await trace(page);
      const spoken = (await plot.getAttribute("aria-valuetext")) ?? "";
      const shown = Number(/batch ([\d.]+)/.exec(spoken)?.[1]);
      expect(Math.abs(shown / (loss[at - 1] ?? Number.NaN) - 1)).toBeLessThan(1e-3);
      for (const other of await page.getByRole("slider", { name: /: step$/ }).all()) {
        await expect(other).toHaveAttribute("aria-valuenow", String(at));
      }
      if (verdict[at - 1] === "minimum") {
        const label = page.getByRole("region", { name: "The arithmetic" }).getByRole("button", { name: /^α\*/ }).last();
        await expect(label).toHaveAccessibleName(`α* ${alphaStar[at - 1]?.toPrecision(4)}`);
      }
      await page.keyboard.press("Escape");

      // Divergence and recovery.
      await page.evaluate(() => window.alphascope.load({ rows: 2, hidden: [64], edits: [{ step: 20, eps: 0 }] }));
      await page.evaluate(() => window.alphascope.play());
      await expect(page.locator(".sentence")).toContainText("diverged at step 20");
      await page.evaluate(() => window.alphascope.seek(15));
      await page.evaluate(() => window.alphascope.set({ eps: 1e-6 }));
      await page.evaluate(() => window.alphascope.advance(30));
      expect(await status(page)).toMatchObject({ state: "paused", step: 45 });

      // Presentation mode and the dark theme.
      await page.keyboard.press("p");
      await expect(page.locator(".presentation .sentence")).toBeVisible();
      await page.keyboard.press("3");
      await expect(page.getByRole("region", { name: "Loss", exact: true })).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(page.locator(".presentation")).toHaveCount(0);
      const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const before = await colour();
      await page.keyboard.press("t");
      await page.keyboard.press("t");
      await expect.poll(colour).not.toBe(before);
    });
  });
}
