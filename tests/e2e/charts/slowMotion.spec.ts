import type { Page } from "@playwright/test";
import { findings } from "../axe";
import { advance, expect, open, status, test, trace } from "../fixtures";

const panel = (page: Page) => page.getByRole("region", { name: "Slow motion" });
const caption = (page: Page) => panel(page).locator("p");
const phase = (page: Page) => panel(page).locator("[aria-current=step]");

/** Panels outlined. */
const lit = (page: Page) =>
  page
    .locator("[data-phase]")
    .evaluateAll(
      (panels) => panels.filter((p) => getComputedStyle(p).outlineStyle === "solid" && p.checkVisibility()).length,
    );

test("one step in seven phases, by key, with the step's own numbers; Escape leaves", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  await advance(page, 40);
  await page.keyboard.press("n");
  await expect(phase(page)).toHaveText("Batch");
  expect((await status(page)).step).toBe(41);
  const { loss, lossAfter, gradNorm } = await trace(page);
  await expect(caption(page)).toContainText("rows 257 to 288 of 1000");
  await expect(caption(page)).toContainText(loss.at(-1)?.toPrecision(5) ?? "no loss");
  expect(await findings(page)).toEqual([]);
  for (const name of ["Gradient", "Moments", "Direction", "Curvature", "α*", "Step"]) {
    expect(await lit(page)).toBeGreaterThan(0);
    await page.keyboard.press("n");
    await expect(phase(page)).toHaveText(name);
    if (name === "Gradient") await expect(caption(page)).toContainText(`‖g‖ = ${gradNorm.at(-1)?.toPrecision(3)}`);
  }
  await expect(caption(page)).toContainText(lossAfter.at(-1)?.toPrecision(5) ?? "no loss");
  expect((await status(page)).step).toBe(41);
  await page.keyboard.press("Escape");
  await expect(phase(page)).toHaveCount(0);
  expect(await lit(page)).toBe(0);
});

test("it moves on by itself until paused, and playing leaves it", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await open(page);
  await page.getByRole("button", { name: "Slow motion" }).click();
  await expect(phase(page)).toHaveText("Gradient");
  await panel(page).getByRole("button", { name: "Pause" }).click();
  await expect(panel(page).getByRole("button", { name: "Resume" })).toBeVisible();
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect(phase(page)).toHaveCount(0);
});

test("on a phone the sentence stays in sight of what is lit, and nothing scrolls sideways", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  // A key pressed while the step is still being taken moves nothing on.
  for (const name of ["Batch", "Gradient", "Moments", "Direction", "Curvature"]) {
    await page.keyboard.press("n");
    await expect(phase(page)).toHaveText(name);
  }
  await expect(page.locator("[data-phase~=curvature]").first()).toBeInViewport();
  await expect(caption(page)).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
