import { expect, open, recipe, status, test, trace } from "./fixtures";

test("a slider moved while training changes the learning rate live, and becomes an edit", async ({ page }) => {
  await open(page, "?engine=cpu");
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan(5);
  const slider = page.getByRole("slider", { name: "Learning rate", exact: true });
  await slider.focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await recipe(page)).edits.length).toBeGreaterThan(0);
  const { edits } = await recipe(page);
  const last = edits.at(-1);
  expect(last?.lr).toBeGreaterThan(1e-3);
  expect((await status(page)).playing).toBe(true);
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan((last?.step ?? 0) + 3);
  const { stepTaken } = await trace(page);
  expect(stepTaken[0]).toBe(1e-3);
  expect(stepTaken.slice((last?.step ?? 0) - 1).every((taken) => taken === last?.lr)).toBe(true);
  expect(stepTaken[(edits[0]?.step ?? 0) - 2]).toBe(1e-3);
});

test("a number typed is taken as it is; one out of range is named and the old one kept", async ({ page }) => {
  await open(page);
  const field = page.getByRole("textbox", { name: /learning rate/i });
  await field.fill("0.0123");
  await field.press("Enter");
  await expect.poll(async () => (await recipe(page)).lr).toBe(0.0123);
  await field.fill("-3");
  await field.press("Enter");
  await expect(page.getByText(/between|at least|from 1e-8/i).first()).toBeVisible();
  expect((await recipe(page)).lr).toBe(0.0123);
});

test("a change of the network restarts the run and says so beforehand", async ({ page }) => {
  await open(page, "?engine=cpu#lr=0.02");
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan(5);
  await page.getByText("Network and data").click();
  await expect(page.getByText("restarts the run").first()).toBeVisible();
  await page.evaluate(() => window.alphascope.pause());
  await page.getByRole("combobox", { name: /activation/i }).selectOption("tanh");
  await expect.poll(async () => (await recipe(page)).activation).toBe("tanh");
  expect(await recipe(page)).toMatchObject({ lr: 0.02, edits: [] });
});
