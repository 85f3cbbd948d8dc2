import type { Page } from "@playwright/test";
import { findings } from "../axe";
import { advance, expect, open, status, test, trace } from "../fixtures";

const panel = (page: Page) => page.getByRole("region", { name: "Slow motion" });
const caption = (page: Page) => panel(page).locator("p");
const phase = (page: Page) => panel(page).locator("[aria-current=step]");

/** The number of outlined panels. */
const lit = (page: Page) =>
  page
    .locator("[data-phase]")
    .evaluateAll(
      (panels) => panels.filter((p) => getComputedStyle(p).outlineStyle === "solid" && p.checkVisibility()).length,
    );

test("slow motion shows one step in seven phases by key until Escape", async ({ page }) => {
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

test("slow motion advances by itself until Pause and ends with Play", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await open(page);
  await page.getByRole("button", { name: "Slow motion" }).click();
  await expect(phase(page)).toHaveText("Gradient");
  await panel(page).getByRole("button", { name: "Pause" }).click();
  await expect(panel(page).getByRole("button", { name: "Resume" })).toBeVisible();
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect(phase(page)).toHaveCount(0);
});

test("slow motion on a phone keeps its caption and the outlined panel in view", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  // A key pressed before the step has been taken has no effect.
  for (const name of ["Batch", "Gradient", "Moments", "Direction", "Curvature"]) {
    await page.keyboard.press("n");
    await expect(phase(page)).toHaveText(name);
  }
  await expect(page.locator("[data-phase~=curvature]").first()).toBeInViewport();
  await expect(caption(page)).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
