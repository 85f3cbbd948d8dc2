import { advance, expect, open, recipe, status, test, timed, trace } from "../fixtures";

test("a slider dragged during a run makes one edit at its final value", timed, async ({ page }) => {
  await open(page, "?engine=cpu");
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan(5);
  const slider = page.getByRole("slider", { name: "Learning rate", exact: true });
  const box = await slider.boundingBox();
  if (!box) throw new Error("The slider has no box.");
  const y = box.y + box.height / 2;
  const shown = page.getByRole("textbox", { name: /learning rate/i });
  await page.mouse.move(box.x + 0.2 * box.width, y);
  await page.mouse.down();
  for (let at = 0.2; at < 0.8; at += 0.02) await page.mouse.move(box.x + at * box.width, y);
  await expect(shown).not.toHaveValue("0.001");
  await page.mouse.up();
  await expect.poll(async () => (await recipe(page)).edits.length).toBeGreaterThan(0);
  await page.evaluate(() => window.alphascope.pause());
  const { edits } = await recipe(page);
  // A pause of a quarter of a second in the drag, on a busy machine, makes one more edit.
  expect(edits.length).toBeLessThan(4);
  const last = edits.at(-1);
  expect(last?.lr).toBeGreaterThan(0.1);
  await expect(shown).toHaveValue(String(last?.lr));
  await advance(page, 3);
  const { stepTaken } = await trace(page);
  expect(stepTaken[0]).toBe(1e-3);
  expect(stepTaken[(edits[0]?.step ?? 0) - 2]).toBe(1e-3);
  expect(new Set(stepTaken.slice((last?.step ?? 0) - 1))).toEqual(new Set([last?.lr]));
});

test("a typed number sets the learning rate; a number out of range shows an error", async ({ page }) => {
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

test("a change of the network starts over, as its label states", async ({ page }) => {
  await open(page, "?engine=cpu#lr=0.02");
  await expect.poll(async () => (await status(page)).step).toBeGreaterThan(5);
  await page.getByText("Network and data").click();
  await expect(page.getByText("restarts the run", { exact: true })).toBeVisible();
  await page.evaluate(() => window.alphascope.pause());
  await page.getByRole("combobox", { name: /activation/i }).selectOption("tanh");
  await expect.poll(async () => (await recipe(page)).activation).toBe("tanh");
  expect(await recipe(page)).toMatchObject({ lr: 0.02, edits: [] });
});

test("the field Dataset offers quadratic, which adds the field of κ and disables the sizes of its model", async ({
  page,
}) => {
  await open(page, "?engine=cpu&paused#lr=0.02&rows=200");
  await page.locator("details.network summary").click();
  const dataset = page.getByLabel("Dataset", { exact: true });
  await expect(page.locator("#control-kappa")).toHaveCount(0);
  await dataset.selectOption("quadratic");
  const kappa = page.getByRole("textbox", { name: "Condition number" });
  await kappa.fill("25");
  await kappa.press("Enter");
  await expect.poll(() => recipe(page)).toMatchObject({ kappa: 25, inputs: 2, outputs: 1, hidden: [], rows: 200 });
  await expect(page.locator("#control-hidden")).toBeDisabled();
  await expect(page).toHaveURL(/#lr=0\.02&dataset=quadratic&kappa=25&rows=200$/);
  await advance(page, 5);
  await dataset.selectOption("spiral");
  await expect.poll(() => recipe(page)).toMatchObject({ inputs: 2, outputs: 2, hidden: [5], rows: 200 });
  await expect(page.locator("#control-hidden")).toBeEnabled();
  await advance(page, 5);
  await expect(page.locator(".stats .scores")).toContainText("%");
});
