import type { Page } from "@playwright/test";
import { violations } from "../axe";
import { advance, expect, open, set, test, trace } from "../fixtures";

const plots = (page: Page) => page.getByRole("slider", { name: /: step$/ });
const alphaPlot = (page: Page) => page.getByRole("slider", { name: /^α\* and learning rate/ });

/** The number in a reading, which has a typographic minus sign. */
const numberIn = (text: string | null | undefined) => Number((text ?? "").replaceAll("−", "-"));

/** The numbers in the readings of all charts, by label. */
async function readings(page: Page): Promise<Record<string, number>> {
  const texts = await page
    .locator(".time-overlay .reading > div")
    .evaluateAll((rows) =>
      rows.map((row) => [row.querySelector("dt")?.textContent ?? "", row.querySelector("dd")?.textContent ?? ""]),
    );
  return Object.fromEntries(texts.map(([label, value]) => [label, numberIn(value)]));
}

async function hover(page: Page, share: number): Promise<void> {
  const box = await alphaPlot(page).boundingBox();
  if (!box) throw new Error("The chart has no box.");
  await page.mouse.move(box.x + share * box.width, box.y + box.height / 2);
}

test("a pointer over a chart selects its step in all charts and in the arithmetic", async ({ page }) => {
  await open(page);
  await advance(page, 100);
  const run = await trace(page);
  const isAhead = (i: number) => run.verdict[i] === "minimum" && run.nextVerdict[i] === "minimum";
  const step = run.step.find((one) => one >= 60 && isAhead(one - 1)) ?? 0;
  const at = step - 1;
  expect(step).toBeGreaterThan(0);
  await hover(page, step / 100);
  const steps = page.locator(".time-overlay .reading dt:text-is('step') + dd");
  await expect(steps).toHaveText(Array(4).fill(String(step)));
  const close = (shown: number | undefined, measured: number | null | undefined) =>
    expect(Math.abs((shown ?? Number.NaN) / (measured ?? Number.NaN) - 1)).toBeLessThan(1e-3);
  const read = await readings(page);
  close(read["α*"], run.alphaStar[at]);
  close(read["next batch"], run.nextAlphaStar[at]);
  close(read.batch, run.loss[at]);
  close(read.dᵀg, run.slope[at]);
  close(read.dᵀHd, run.curvature[at]);
  close(read.dᵀGd, run.gaussNewton[at]);
  close(read.rest, (run.curvature[at] ?? Number.NaN) - (run.gaussNewton[at] ?? Number.NaN));
  close(read["fc2.w"], run.directionNorms[2]?.[at]);
  const arithmetic = page.getByRole("region", { name: "The arithmetic" });
  await expect(arithmetic.getByRole("heading", { level: 2 })).toContainText(`step ${step}`);
  const term = async (name: RegExp) =>
    numberIn((await arithmetic.getByRole("button", { name }).last().getAttribute("aria-label"))?.split(" ").at(-1));
  close(await term(/^slope/), run.slope[at]);
  close(await term(/^curvature/), run.curvature[at]);
  close(await term(/^α\*/), run.alphaStar[at]);
  // The inspection of the step comes from the worker; d of the selected weight must equal direction().
  const direction = await page.evaluate((n) => window.alphascope.direction(n)[0]?.values[0], step);
  await expect(arithmetic.getByRole("heading", { level: 3 })).toContainText(`step ${step}`);
  close(await term(/^d /), direction);

  await page.mouse.move(2, 2);
  await expect(steps).toHaveCount(0);
  await expect(arithmetic.getByRole("heading", { level: 2 })).toContainText("step 100");
});

test("arrow keys on a chart select a step without moving the run, until Escape", async ({ page }) => {
  await open(page);
  await advance(page, 50);
  await plots(page).nth(1).focus();
  for (const key of ["ArrowLeft", "ArrowLeft", "ArrowLeft"]) await page.keyboard.press(key);
  for (const plot of await plots(page).all()) await expect(plot).toHaveAttribute("aria-valuenow", "48");
  await expect(plots(page).first()).toHaveAttribute("aria-valuetext", /^step 48, α\*/);
  expect(await page.evaluate(() => window.alphascope.status().step)).toBe(50);
  await page.keyboard.press("Escape");
  await expect(plots(page).first()).toHaveAttribute("aria-valuetext", "the latest step");
});

test("a drag zooms all charts, Shift and a drag move the range, and “l” returns to the latest step", async ({
  page,
}) => {
  await open(page);
  await advance(page, 200);
  await set(page, { lr: 0.01 });
  await advance(page, 800);
  await hover(page, 0.2);
  await page.mouse.down();
  await hover(page, 0.4);
  await page.mouse.up();
  await expect(page.getByText("steps 200–400 of 1000")).toBeVisible();
  await expect(page.locator(".edit-ticks text").first()).toHaveText("lr 0.01");
  await page.keyboard.down("Shift");
  await hover(page, 0.5);
  await page.mouse.down();
  await hover(page, 0.25);
  await page.mouse.up();
  await page.keyboard.up("Shift");
  await expect(page.getByText("steps 250–450 of 1000")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("l");
  await expect(page.getByRole("button", { name: "back to live" })).toHaveCount(0);
  await expect(page.getByRole("combobox", { name: "Steps shown" })).toBeVisible();
});

test("a focused term of the formula and its line in the chart are emphasised together", async ({ page }) => {
  await open(page);
  await advance(page, 30);
  const root = page.locator("html");
  await page
    .getByRole("button", { name: /^curvature dᵀHd/ })
    .first()
    .focus();
  await expect(root).toHaveAttribute("data-emphasis", "curvature");
  const width = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((path) => Number.parseFloat(getComputedStyle(path).strokeWidth));
  // The chart can be drawn again between the two readings.
  await expect(async () => {
    expect(await width(".of-curvature path")).toBeGreaterThan(await width(".of-slope path"));
  }).toPass();
  await hover(page, 0.5);
  await expect(root).toHaveAttribute("data-emphasis", "alphaStar");
});

test.describe(() => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 }, ownContext: true });

  test("a touch on a chart on a phone selects a step that stays selected", async ({ page }) => {
    await open(page);
    await advance(page, 100);
    await alphaPlot(page).scrollIntoViewIfNeeded();
    const box = await alphaPlot(page).boundingBox();
    if (!box) throw new Error("The chart has no box.");
    await page.touchscreen.tap(box.x + 0.5 * box.width, box.y + box.height / 2);
    for (const plot of await plots(page).all()) await expect(plot).toHaveAttribute("aria-valuenow", "50");
    await expect(page.getByRole("region", { name: "The arithmetic" }).getByRole("heading", { level: 2 })).toContainText(
      "step 50",
    );
  });
});
