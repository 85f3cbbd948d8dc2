import type { Page } from "@playwright/test";
import { findings } from "../axe";
import { advance, expect, open, status, test } from "../fixtures";

test.use({ viewport: { width: 390, height: 844 }, ownPage: true });

/** Whether an element is in the window and under no other element, at five points. */
const inSight = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return [0.1, 0.5, 0.9].every((share) => {
      const [x, y] = [left + share * (right - left), top + share * (bottom - top)];
      return y > 0 && y < innerHeight && element.contains(document.elementFromPoint(x, y));
    });
  });

test("the settings on a phone open over the lower half, with the sentence and the ruler in sight", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  await advance(page, 60);
  const button = page.getByRole("button", { name: "Settings", exact: true });
  await button.click();
  await expect(button).toHaveAttribute("aria-expanded", "true");
  const rate = page.getByRole("slider", { name: "Learning rate", exact: true });
  await expect(rate).toBeInViewport();
  expect(await inSight(page, ".sentence")).toBe(true);
  expect(await inSight(page, ".ruler")).toBe(true);
  const before = await page.locator(".sentence").textContent();
  await rate.focus();
  for (let presses = 0; presses < 9; presses++) await page.keyboard.press("ArrowRight");
  await advance(page, 1);
  await expect(page.locator(".sentence")).not.toHaveText(before ?? "");
  expect(await findings(page, ["light"])).toEqual([]);

  await page.getByRole("button", { name: "Timeline", exact: true }).click();
  await expect(page.getByRole("slider", { name: "Step", exact: true })).toBeInViewport();
  await page.getByRole("slider", { name: "Step", exact: true }).focus();
  await page.keyboard.press("Home");
  await expect.poll(async () => (await status(page)).step).toBe(0);
  await page.keyboard.press("Escape");
  await expect(button).toHaveAttribute("aria-expanded", "false");
});

test("a chart out of sight on a phone is not redrawn, and shows the latest step when it is scrolled into view", async ({
  page,
}) => {
  await open(page, "?engine=cpu&paused");
  const plot = page.getByRole("region", { name: "Slope and curvature" }).locator(".plot");
  await expect(plot.locator(".recharts-surface")).toBeAttached();
  const picture = () => plot.innerHTML();
  const before = await picture();
  await advance(page, 50);
  await expect(page.locator(".about")).toContainText("Step 50");
  expect(await picture()).toBe(before);
  await plot.scrollIntoViewIfNeeded();
  await expect.poll(picture).not.toBe(before);
});
