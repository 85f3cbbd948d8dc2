import type { Page } from "@playwright/test";
import { advance, expect, open, recipe, status, test, trace } from "../fixtures";

const dialog = (page: Page) => page.getByRole("dialog", { name: "Learning rate schedule" });
const apply = (page: Page) => dialog(page).getByRole("button", { name: "Apply" });
/** A field of the dialog by the first word of its label. */
const field = (page: Page, name: string) => dialog(page).getByLabel(new RegExp(`^${name}(:|$)`));

/** The learning rates of the recipe for the steps 1 to `steps`. */
async function planned(page: Page, steps: number): Promise<number[]> {
  const { lr, edits } = await recipe(page);
  return Array.from({ length: steps }, (_, i) => {
    const edit = edits.findLast((one) => one.lr !== undefined && one.step <= i + 1);
    return edit?.lr ?? lr;
  });
}

test("a cosine schedule applied to a playing run is exact, undone at once and kept in the link", async ({ page }) => {
  await open(page, "?engine=cpu#lr=0.02");
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan(20);
  await page.getByRole("button", { name: "Schedule" }).click();
  await field(page, "Shape").selectOption("cosine");
  await field(page, "to").fill("0.0001");
  await field(page, "over").fill("150");
  await expect(dialog(page)).toContainText(/becomes \d+ changes of the learning rate from the next step/);
  await apply(page).click();
  await expect(dialog(page)).toBeHidden();
  await expect.poll(async () => (await recipe(page)).edits.length).toBeGreaterThan(50);
  expect((await status(page)).playing).toBe(true);
  // The first piece has the learning rate of the run.
  const { edits } = await recipe(page);
  const [first, last] = [edits[0]?.step ?? 0, edits.at(-1)?.step ?? 0];
  const shown = page.getByRole("textbox", { name: /learning rate/i });
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan(last + 10);
  await expect(shown).toHaveValue("0.0001");
  await page.evaluate(() => window.alphascope.pause());
  await advance(page, 0);

  const { stepTaken } = await trace(page);
  expect(stepTaken).toEqual(await planned(page, stepTaken.length));
  expect(new Set(stepTaken.slice(0, first - 1))).toEqual(new Set([0.02]));
  expect(stepTaken.slice(last - 2, last)).toEqual([edits.at(-2)?.lr, 1e-4]);
  // One tick for all edits of the schedule.
  const chart = page.getByRole("region", { name: "α* at every step", exact: true });
  await expect(chart.locator(".edit-ticks text")).toHaveText(["schedule"]);

  const made = await recipe(page);
  await page.keyboard.press("z");
  await expect.poll(async () => (await recipe(page)).edits).toEqual([]);
  expect((await status(page)).step).toBe(first - 1);
  await expect(shown).toHaveValue("0.02");
  await page.keyboard.press("y");
  await expect.poll(() => recipe(page)).toEqual(made);

  // The address is the link.
  await expect.poll(() => page.url()).toContain(`${last}:lr=0.0001`);
  await page.goto("about:blank");
  await page.goBack();
  await page.evaluate(() => window.alphascope.ready);
  await page.evaluate(() => window.alphascope.pause());
  expect(await recipe(page)).toEqual(made);
  const { step } = await status(page);
  if (step < stepTaken.length) await advance(page, stepTaken.length - step);
  expect((await trace(page)).stepTaken.slice(0, stepTaken.length)).toEqual(stepTaken);
});

test("a dragged pointer draws a schedule on the selected shape", async ({ page }) => {
  await open(page, "?engine=cpu&paused#lr=0.01");
  await page.keyboard.press("d");
  await field(page, "over").fill("400");
  const box = await page.locator(".drawing").boundingBox();
  if (!box) throw new Error("There is nothing to draw on.");
  const [x, y] = [(share: number) => box.x + share * box.width, (share: number) => box.y + share * box.height];
  await page.mouse.move(x(0.2), y(0.8));
  await page.mouse.down();
  await page.mouse.move(x(0.5), y(0.1), { steps: 12 });
  await page.mouse.up();
  await expect(field(page, "Shape")).toHaveValue("drawn");
  // The drawing area stays where it was.
  expect(await page.locator(".drawing").boundingBox()).toEqual(box);
  await expect(field(page, "Corners")).toHaveValue(/^0% 0\.01, .*100% /);
  await apply(page).click();
  await expect(dialog(page)).toBeHidden();
  await advance(page, 420);
  const { stepTaken } = await trace(page);
  expect(stepTaken).toEqual(await planned(page, 420));
  expect(stepTaken[0]).toBe(0.01);
  // The learning rate rises along the drawn line.
  expect(Math.max(...stepTaken)).toBeGreaterThan(30 * (stepTaken[90] ?? 0));
  expect(stepTaken.indexOf(Math.max(...stepTaken))).toBeGreaterThan(170);
  expect(stepTaken.indexOf(Math.max(...stepTaken))).toBeLessThan(230);
});

test("the schedule dialog works by keyboard alone and names an invalid number", async ({ page }) => {
  await open(page);
  await advance(page, 10);
  await page.keyboard.press("d");
  await expect(field(page, "Shape")).toBeFocused();
  await field(page, "Shape").selectOption("steps");
  await field(page, "times").fill("0.5x");
  await expect(dialog(page).getByRole("alert")).toContainText("not a number");
  await expect(apply(page)).toBeDisabled();
  await field(page, "times").fill("0.5");
  await field(page, "every").fill("20");
  await field(page, "over").fill("50");
  await expect(dialog(page)).toContainText(
    "The schedule becomes 2 changes of the learning rate from the next step, exact at every step.",
  );
  await field(page, "over").press("Enter");
  await expect(dialog(page)).toBeHidden();
  expect((await recipe(page)).edits).toEqual([
    { step: 31, lr: 5e-4 },
    { step: 51, lr: 2.5e-4 },
  ]);
  await page.keyboard.press("d");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
});

test("a change of the learning rate ends a schedule; a change of another setting does not", async ({ page }) => {
  await open(page, "?engine=cpu&paused#lr=0.01");
  await page.keyboard.press("d");
  await field(page, "over").fill("300");
  await apply(page).click();
  await expect(dialog(page)).toBeHidden();
  await advance(page, 100);
  const beta = page.getByRole("textbox", { name: /momentum/i });
  await beta.fill("0.5");
  await beta.press("Enter");
  await expect.poll(async () => (await recipe(page)).edits.some(({ beta1 }) => beta1 === 0.5)).toBe(true);
  expect((await recipe(page)).edits.at(-1)?.step).toBe(301);
  const rate = page.getByRole("textbox", { name: /learning rate/i });
  await rate.fill("0.05");
  await rate.press("Enter");
  await expect.poll(async () => (await recipe(page)).edits.at(-1)).toMatchObject({ step: 101, lr: 0.05 });
  await advance(page, 250);
  expect(new Set((await trace(page)).stepTaken.slice(100))).toEqual(new Set([0.05]));
});
