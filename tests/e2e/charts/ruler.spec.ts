import type { Locator, Page } from "@playwright/test";
import { advance, divergesAt20, expect, load, open, recipe, set, status, test, trace } from "../fixtures";

const handleOf = (page: Page) => page.getByRole("slider", { name: "on the ruler" });

/** The centre of the handle's grip, in client pixels. */
async function middleOf(handle: Locator): Promise<{ x: number; y: number }> {
  const box = await handle.locator(".ruler-grip").boundingBox();
  if (!box) throw new Error("The handle is not drawn.");
  const { x, y, width, height } = box;
  return { x: x + width / 2, y: y + height / 2 };
}

const rateOf = async (handle: Locator) => Number(await handle.getAttribute("aria-valuenow"));

test("a drag of the ruler's handle during a run sets the learning rate and its control", async ({ page }) => {
  await open(page, "?engine=cpu");
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan(5);
  const handle = handleOf(page);
  const start = await middleOf(handle);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 60, start.y, { steps: 4 });
  const { x } = await middleOf(handle);
  expect(Math.abs(x - (start.x + 60))).toBeLessThan(3);
  await page.mouse.up();
  const lr = await rateOf(handle);
  expect(lr).toBeGreaterThan(1.5e-3);
  await expect.poll(async () => (await recipe(page)).edits.at(-1)?.lr).toBe(lr);
  await expect(page.getByRole("textbox", { name: /learning rate/i })).toHaveValue(String(lr));
  const from = (await recipe(page)).edits.at(-1)?.step ?? 0;
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan(from);
  expect((await trace(page)).stepTaken[from - 1]).toBe(lr);
  expect((await status(page)).playing).toBe(true);
});

test("a press beside the centre of the ruler's handle moves nothing, and a released handle stays", async ({ page }) => {
  await open(page);
  const handle = handleOf(page);
  const start = await middleOf(handle);
  await page.mouse.move(start.x + 9, start.y + 5);
  await page.mouse.down();
  await page.mouse.move(start.x + 9, start.y + 12);
  expect(await rateOf(handle)).toBe(1e-3);
  await page.mouse.up();
  await page.mouse.move(start.x + 200, start.y);
  expect(await rateOf(handle)).toBe(1e-3);
});

test("keys on the ruler's handle and the control set the learning rate without moving the run", async ({ page }) => {
  await open(page);
  await advance(page, 3);
  const handle = handleOf(page);
  await handle.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await recipe(page)).edits.at(-1)?.lr).toBe(0.0013);
  await page.keyboard.press("PageUp");
  await expect.poll(() => rateOf(handle)).toBe(0.013);
  await page.keyboard.press("End");
  await expect.poll(() => rateOf(handle)).toBe(10);
  expect((await status(page)).step).toBe(3);
  const field = page.getByRole("textbox", { name: /learning rate/i });
  await field.fill("0.5");
  await field.press("Enter");
  await expect.poll(() => rateOf(handle)).toBe(0.5);
  await expect(handle).toHaveAttribute("aria-valuetext", /^0\.5, (overshoots|this batch’s loss rises|below)/);
});

test.describe(() => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, ownContext: true });

  test("a finger on a phone drags the ruler's handle, 44 pixels wide, without scrolling the page", async ({ page }) => {
    await open(page);
    const handle = handleOf(page);
    const target = await handle.locator(".ruler-touch").boundingBox();
    expect(Math.min(target?.width ?? 0, target?.height ?? 0)).toBeGreaterThanOrEqual(44);
    const { x, y } = await middleOf(handle);
    const client = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", dx: number) =>
      client.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x: x + dx, y: y + dx / 2 }],
      });
    await touch("touchStart", 0);
    for (let dx = 10; dx <= 80; dx += 10) await touch("touchMove", dx);
    await touch("touchEnd", 80);
    await expect.poll(async () => (await recipe(page)).lr).toBeGreaterThan(0.005);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const) {
  test(`the verdict card at ${width} × ${height} shows one step and has one height for every verdict`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    const card = page.getByRole("region", { name: "Verdict" });
    const room = async () => (await card.boundingBox())?.height;
    const before = await room();
    await advance(page, 64);
    const { verdict, alphaStar } = await trace(page);
    const seen = [...new Set(verdict)];
    expect(seen.sort()).toEqual(["behind", "concave", "minimum"]);
    for (const [name, words] of Object.entries({
      minimum: /with a best step/,
      behind: /uphill$/,
      concave: /negative/,
    })) {
      const count = verdict.filter((one) => one === name).length;
      await expect(card.getByRole("listitem").filter({ hasText: words })).toContainText(String(count));
    }
    for (const now of seen) {
      const step = verdict.lastIndexOf(now) + 1;
      await page.evaluate((to) => window.alphascope.seek(to), step);
      await expect(card).toContainText(`Step ${step},`);
      await expect(card.locator(".ruler-star")).toHaveCount(now === "minimum" ? 1 : 0);
      await expect(card.locator(".ruler-behind")).toHaveCount(now === "behind" ? 1 : 0);
      if (now === "minimum") {
        await expect(card.locator(".ruler-ratio")).toHaveText(`× ${Math.round((alphaStar[step - 1] ?? 0) / 0.001)}`);
      }
      expect(await room()).toBe(before);
    }
    await load(page, divergesAt20);
    await advance(page, 20);
    await expect(card).toContainText("Training diverged at step 20. Lower lr");
    await expect(card.locator(".ruler.diverged")).toBeVisible();
    expect(await room()).toBe(before);
  });
}

test("the ruler marks the step size beside the fallback learning rate when the rule is σ·α*", async ({ page }) => {
  await open(page, "?engine=cpu&paused#rule=alphaStar&sigma=0.5");
  await advance(page, 5);
  const card = page.getByRole("region", { name: "Verdict" });
  await expect(card.locator(".ruler-taken")).toContainText("s = σ·α*");
  await expect(card.locator(".ruler-ratio")).toHaveText("× 2.0");
  await expect(handleOf(page)).toContainText("fallback lr 0.001");
});

test("the verdict card marks the best step of the next minibatch unless the minibatch holds all rows", async ({
  page,
}) => {
  await open(page);
  await advance(page, 64);
  const { nextVerdict, nextAlphaStar, verdict } = await trace(page);
  const card = page.getByRole("region", { name: "Verdict" });
  const uphill = nextVerdict.filter((one) => one === "behind").length / nextVerdict.length;
  const share = uphill > 0 && uphill < 0.005 ? "<1%" : `${Math.round(100 * uphill)}%`;
  await expect(card.getByRole("listitem").filter({ hasText: "next batch" })).toContainText(share);
  const step = nextVerdict.findLastIndex((one, k) => one === "minimum" && verdict[k] === "minimum") + 1;
  await page.evaluate((to) => window.alphascope.seek(to), step);
  const best = (nextAlphaStar[step - 1] ?? 0).toFixed(2);
  await expect(card.locator(".sentence")).toContainText(`for the next batch ${best}.`);
  await expect(card.locator(".mark-next")).toContainText(`next ${best}`);
  await expect(card.locator(".ruler-next, .ruler-error, path.ruler-outline")).toHaveCount(3);
  await load(page, { batchSize: 1000 });
  await advance(page, 3);
  await expect(card.locator(".sentence")).toContainText("The best step for this batch was");
  await expect(card.locator(".sentence")).not.toContainText("next batch");
  await expect(card.locator(".ruler-next, .mark-next")).toHaveCount(0);
  await expect(card.getByRole("listitem").filter({ hasText: "next batch" })).toHaveCount(0);
});

test("the ruler's axis grows by whole decades when the learning rate is outside it", async ({ page }) => {
  await open(page);
  await set(page, { lr: 1e-6 });
  const handle = handleOf(page);
  await expect(handle).toHaveAttribute("aria-valuemin", "0.000001");
  await expect(page.locator(".ruler-tick").filter({ hasText: "1e−6" })).toBeVisible();
});
