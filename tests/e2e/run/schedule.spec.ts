import type { Page } from "@playwright/test";
import { advance, expect, open, recipe, status, test, trace } from "../fixtures";

const dialog = (page: Page) => page.getByRole("dialog", { name: "Learning rate schedule" });
const apply = (page: Page) => dialog(page).getByRole("button", { name: "Apply" });
/** A field of the dialog by the first word of its label. */
const field = (page: Page, name: string) => dialog(page).getByLabel(new RegExp(`^${name}(:|$)`));

/** CosineAnnealingLR at t = 0 … `last`, computed in the page: browsers round cosines differently. */
const cosine = (page: Page, lr: number, end: number, length: number, last: number) =>
  page.evaluate(
    ([lr, end, length, last]) =>
      Array.from({ length: last + 1 }, (_, t) => {
        return end + ((lr - end) * (1 + Math.cos((Math.PI * Math.min(t, length)) / length))) / 2;
      }),
    [lr, end, length, last] as const,
  );

test("a cosine schedule applied to a playing run is one edit, exact at every step, undone at once and kept in the link", async ({
  page,
}) => {
  await open(page, "?engine=cpu#lr=0.02");
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan(20);
  await page.getByRole("button", { name: "Schedule" }).click();
  await field(page, "Shape").selectOption("cosine");
  await field(page, "to").fill("0.0001");
  await field(page, "over").fill("60");
  await expect(dialog(page)).toContainText("The schedule is one change from the next step on: 0.02 to 0.0001 over 60");
  await apply(page).click();
  await expect(dialog(page)).toBeHidden();
  const schedule = { key: "lr", shape: "cosine", lr: 0.02, end: 1e-4, length: 60 };
  await expect.poll(async () => (await recipe(page)).edits).toEqual([{ step: expect.any(Number), schedule }]);
  expect((await status(page)).playing).toBe(true);
  const first = (await recipe(page)).edits[0]?.step ?? 0;
  const shown = page.getByRole("textbox", { name: /learning rate/i });
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan(first + 70);
  await expect(shown).toHaveValue("0.0001");
  await page.evaluate(() => window.alphascope.pause());
  await advance(page, 0);

  const { stepTaken } = await trace(page);
  const exact = await cosine(page, 0.02, 1e-4, 60, stepTaken.length - first);
  expect(stepTaken).toEqual([...Array(first - 1).fill(0.02), ...exact]);
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
  await expect.poll(() => page.url()).toContain(`edits=${first}:schedule=cosine/lr=0.02/end=0.0001/length=60`);
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
  expect((await recipe(page)).edits).toMatchObject([{ step: 1, schedule: { shape: "drawn", length: 400 } }]);
  expect(stepTaken[0]).toBe(0.01);
  // The learning rate rises along the drawn line.
  expect(Math.max(...stepTaken)).toBeGreaterThan(30 * (stepTaken[90] ?? 0));
  expect(stepTaken.indexOf(Math.max(...stepTaken))).toBeGreaterThan(170);
  expect(stepTaken.indexOf(Math.max(...stepTaken))).toBeLessThan(230);
});

test("the schedule dialog sets a warm-up, a constant and a decay, and a link restores them", async ({ page }) => {
  await open(page, "?engine=cpu&paused#lr=0.01");
  await page.keyboard.press("d");
  await field(page, "Shape").selectOption("wsd");
  for (const [name, value] of [
    ["From", "0"],
    ["warm-up", "10"],
    ["down to", "0"],
    ["decay", "16"],
    ["power", "0.5"],
    ["over", "20"],
  ] as const)
    await field(page, name).fill(value);
  await expect(dialog(page).getByRole("alert")).toHaveText(
    "The warm-up and the decay must not be longer than the whole schedule.",
  );
  await field(page, "over").fill("40");
  await apply(page).click();
  await expect(dialog(page)).toBeHidden();
  await advance(page, 45);
  const rates = (await trace(page)).stepTaken;
  const expected = [...Array(10).keys()].map((t) => (0.01 * t) / 10);
  const decay = [...Array(16).keys()].map((t) => 0.01 * (1 - Math.sqrt((t + 1) / 16)));
  for (const [i, rate] of [...expected, ...Array(15).fill(0.01), ...decay, ...Array(4).fill(0)].entries())
    expect(rates[i], `step ${i + 1}`).toBeCloseTo(rate, 15);
  await expect
    .poll(() => page.url())
    .toContain("edits=1:schedule=wsd/low=0/lr=0.01/warmUp=10/end=0/decay=16/power=0.5/length=40");
  const made = await recipe(page);
  await open(page, `?engine=cpu&paused${new URL(page.url()).hash}`);
  expect(await recipe(page)).toEqual(made);
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
    "The schedule is one change from the next step on: 0.001 to 0.00025 over 50 steps, exact at every step, then constant.",
  );
  await field(page, "over").press("Enter");
  await expect(dialog(page)).toBeHidden();
  expect((await recipe(page)).edits).toEqual([
    { step: 11, schedule: { key: "lr", shape: "steps", lr: 1e-3, factor: 0.5, every: 20, length: 50 } },
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
  expect((await recipe(page)).edits).toMatchObject([
    { step: 1, schedule: { length: 300 } },
    { step: 101, beta1: 0.5 },
  ]);
  const rate = page.getByRole("textbox", { name: /learning rate/i });
  await rate.fill("0.05");
  await rate.press("Enter");
  await expect.poll(async () => (await recipe(page)).edits.at(-1)).toMatchObject({ step: 101, lr: 0.05 });
  await advance(page, 250);
  expect(new Set((await trace(page)).stepTaken.slice(100))).toEqual(new Set([0.05]));
});

test("the schedule dialog shows the schedule in force, changes it and ends it", async ({ page }) => {
  await open(page, "?engine=cpu&paused#lr=0.01&edits=1:schedule=warmUp/low=0/lr=0.1/length=50");
  await page.keyboard.press("d");
  await expect(dialog(page)).toContainText("Current schedule, from step 1: lr 0 to 0.1, warm-up over 50 steps.");
  await expect(field(page, "Shape")).toHaveValue("warmUp");
  await expect(field(page, "From")).toHaveValue("0");
  await field(page, "over").fill("80");
  await apply(page).click();
  await expect(dialog(page)).toBeHidden();
  const schedule = { key: "lr", shape: "warmUp", low: 0, lr: 0.1, length: 80 };
  expect((await recipe(page)).edits).toEqual([{ step: 1, schedule }]);

  await advance(page, 40);
  await page.keyboard.press("d");
  await dialog(page).getByRole("button", { name: "End now" }).click();
  await expect(dialog(page)).toBeHidden();
  await advance(page, 20);
  expect((await recipe(page)).edits).toEqual([
    { step: 1, schedule },
    { step: 41, lr: 0.05 },
  ]);
  expect((await trace(page)).stepTaken.slice(39)).toEqual([(0.1 * 39) / 80, ...Array(20).fill(0.05)]);

  // Before the first step of a schedule the button removes it.
  await page.keyboard.press("z");
  await page.evaluate(() => window.alphascope.seek(0));
  await page.keyboard.press("d");
  await dialog(page).getByRole("button", { name: "Remove" }).click();
  await expect.poll(async () => (await recipe(page)).edits).toEqual([]);
  await expect(page.getByRole("textbox", { name: /learning rate/i })).toHaveValue("0.01");
});

test("window.alphascope loads and sets schedules, and every panel shows a learning rate of 0", async ({ page }) => {
  await open(page, "?engine=cpu&paused");
  const edits = [{ step: 5, schedule: { key: "lr", shape: "cosine", lr: 0.1, end: 0, length: 20 } }];
  await page.evaluate((edits) => window.alphascope.load({ edits }), edits);
  await advance(page, 40);
  expect((await recipe(page)).edits).toEqual(edits);
  const { stepTaken } = await trace(page);
  expect(stepTaken).toEqual([...Array(4).fill(1e-3), ...(await cosine(page, 0.1, 0, 20, 35))]);
  expect(stepTaken.at(-1)).toBe(0);
  await expect(page.getByRole("textbox", { name: /learning rate/i })).toHaveValue("0");
  await expect(page.getByRole("slider", { name: /the learning rate on the ruler/ })).toHaveAttribute(
    "aria-valuenow",
    "0",
  );

  const invalid = { edits: [{ step: 5, schedule: { ...edits[0]?.schedule, length: 0 } }] };
  const refused = (input: object) => page.evaluate((input) => window.alphascope.load(input).catch(String), input);
  expect(await refused(invalid)).toContain(
    "edit at step 5, schedule.length: found 0; allowed: whole numbers from 1 to",
  );
  expect((await status(page)).step).toBe(40);
  const warmUp = { key: "lr", shape: "warmUp", low: 0, lr: 0.3, length: 10 };
  await page.evaluate((schedule) => window.alphascope.set({ schedule }), warmUp);
  expect((await recipe(page)).edits).toEqual([...edits, { step: 41, schedule: warmUp }]);
});
