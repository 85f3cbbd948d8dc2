import { formatNumber } from "../../../src/kit/text/format";
import { findings } from "../axe";
import { advance, expect, load, open, test } from "../fixtures";

const quadratic = { dataset: "quadratic", rows: 64, batchSize: 64, hidden: [], kappa: 30, noise: 0, lr: 0.01 };

test("the menu Marks draws the chosen step sizes on slice and ruler, with their values on a quadratic loss", async ({
  page,
}) => {
  await open(page);
  await load(page, quadratic);
  await advance(page, 5);
  const slice = page.getByRole("region", { name: "Loss along d" });
  await expect(slice).toContainText("step 5, batch of 64");
  await expect(page.locator(".step-marks, .mark-breakEven, .mark-interval")).toHaveCount(0);

  await page.getByRole("button", { name: /^Marks/ }).click();
  const list = page.getByRole("group", { name: "Step sizes along d" });
  const names = ["Break-even step", "Armijo interval", "Stochastic Polyak step", "PAL’s α*"];
  // The first checkbox has the focus: the keyboard alone selects it.
  await expect(list.getByRole("checkbox", { name: names[0]! })).toBeFocused();
  await page.keyboard.press("Space");
  for (const name of names.slice(1)) await list.getByRole("checkbox", { name }).check();
  const [loss, slope, alphaStar] = await page.evaluate(() => {
    const trace = window.alphascope.trace();
    return [trace.loss[4], trace.slope[4], trace.alphaStar[4]] as [number, number, number];
  });
  const expected = [2 * alphaStar, 2 * (1 - 1e-4) * alphaStar, -loss / slope, alphaStar];
  await expect(list.getByRole("status")).toHaveText(expected.map((alpha) => formatNumber(alpha, 3)));
  await expect(list).toContainText("step 5");
  expect(await findings(page)).toEqual([]);

  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: /^Marks/ })).toBeFocused();
  for (const label of ["break-even", "Armijo", "Polyak", "PAL"])
    await expect(slice.locator(".step-marks text").filter({ hasText: label })).toHaveCount(1);
  await expect(
    page.locator(".other-marks").locator(".mark-breakEven, .mark-armijo, .mark-polyak, .mark-pal"),
  ).toHaveCount(4);
  await expect(page.locator(".mark-interval")).toHaveCount(1);
});

test("the menu Marks and the slice name the reason where d points uphill", async ({ page }) => {
  await open(page);
  await load(page, { lr: 0.05, beta1: 0.99 });
  await advance(page, 60);
  const uphill = await page.evaluate(() => window.alphascope.trace().slope.findLastIndex((slope) => slope > 0) + 1);
  await page.evaluate((step) => window.alphascope.seek(step), uphill);
  await page.getByRole("button", { name: /^Marks/ }).click();
  const list = page.getByRole("group", { name: "Step sizes along d" });
  await list.getByRole("checkbox", { name: "Break-even step" }).check();
  await expect(list.getByRole("status").first()).toHaveText("none: d points uphill");
  const slice = page.getByRole("region", { name: "Loss along d" });
  await expect(slice.locator(".step-marks text")).toHaveText("break-even: none: d points uphill");
  await list.getByRole("checkbox", { name: "Break-even step" }).uncheck();
  await expect(page.locator(".step-marks")).toHaveCount(0);
});

test("Escape closes the menu Marks in presentation mode, and ends the mode when pressed again", async ({ page }) => {
  await open(page);
  await advance(page, 3);
  await page.keyboard.press("p");
  const menu = page.getByRole("button", { name: /^Marks/ });
  await menu.click();
  await expect(page.getByRole("checkbox", { name: "Break-even step" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(menu).toHaveAttribute("aria-expanded", "false");
  await expect(page.getByRole("button", { name: "Exit presentation mode" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Exit presentation mode" })).toHaveCount(0);
});
