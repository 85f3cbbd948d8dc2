import type { CDPSession, Locator, Page } from "@playwright/test";
import { advance, expect, open, recipe, status, test } from "../fixtures";

test.use({ ownContext: true, hasTouch: true, viewport: { width: 390, height: 844 } });

const scrolled = (page: Page) => page.evaluate(() => scrollY);

/**
 * A finger that touches the middle of an element and moves by (dx, dy), in CSS pixels.
 * @returns the scroll position at the touch
 */
async function swipe(page: Page, target: Locator, dx: number, dy: number): Promise<number> {
  // A swipe before may have left the page in motion, which a touch would only stop.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let [last, still] = [scrollY, 0];
        const look = () => {
          still = scrollY === last ? still + 1 : 0;
          last = scrollY;
          if (still > 5) resolve();
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  await target.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const box = await target.boundingBox();
  if (!box) throw new Error("The target is not on the page.");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const from = await scrolled(page);
  const session: CDPSession = await page.context().newCDPSession(page);
  const send = (type: "touchStart" | "touchMove" | "touchEnd", at: readonly { x: number; y: number }[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: [...at] });
  await send("touchStart", [{ x, y }]);
  for (let part = 1; part <= 10; part++)
    await send("touchMove", [{ x: x + (dx * part) / 10, y: y + (dy * part) / 10 }]);
  await send("touchEnd", []);
  await session.detach();
  return from;
}

test("a vertical swipe on a slider scrolls the page and changes no setting; a horizontal swipe changes only the setting", async ({
  page,
}) => {
  await open(page);
  await advance(page, 40);
  await page.getByText("Network and data").click();
  const before = await recipe(page);
  for (const name of [/^Learning rate/, /^Momentum/, /^Batch size/, /^Rows/]) {
    const slider = page.getByRole("slider", { name }).last();
    const value = await slider.inputValue();
    const from = await swipe(page, slider, 4, -160);
    await expect.poll(() => scrolled(page), String(name)).toBeGreaterThan(from + 50);
    expect(await slider.inputValue(), String(name)).toBe(value);
  }
  expect(await recipe(page)).toEqual(before);
  expect(await status(page)).toMatchObject({ step: 40 });

  const rate = page.getByRole("slider", { name: "Learning rate", exact: true });
  const from = await swipe(page, rate, 60, 3);
  await expect.poll(async () => (await recipe(page)).edits).toHaveLength(1);
  expect(await scrolled(page)).toBe(from);
});

test("a vertical swipe on the slider of the steps, or on the ruler's handle, changes nothing", async ({ page }) => {
  await open(page);
  await advance(page, 100);
  const before = await recipe(page);
  await swipe(page, page.getByRole("slider", { name: "Step", exact: true }), 5, -120);
  await swipe(page, page.locator(".ruler-touch"), 5, 60);
  expect(await recipe(page)).toEqual(before);
  expect(await status(page)).toMatchObject({ step: 100 });
  await swipe(page, page.locator(".ruler-touch"), 40, 5);
  await expect.poll(async () => (await recipe(page)).edits).toHaveLength(1);
});
