import { findings } from "../axe";
import { advance, expect, load, on, open, test } from "../fixtures";

const curve = { dataset: "curve", curve: "sum", hidden: [24], activation: "tanh", lr: 0.01, rows: 200 };
const spiral = { dataset: "spiral", hidden: [16], activation: "tanh", lr: 0.01, rows: 200 };

for (const engine of ["cpu", "webgl"] as const) {
  test(
    `the chart Fit draws the function at θ and along d, and at the trial α, on ${engine}`,
    on(engine),
    async ({ page }) => {
      await open(page, `?engine=${engine}&paused`);
      await load(page, curve);
      await page.getByRole("button", { name: "Fit", exact: true }).click();
      const card = page.getByRole("region", { name: "Fit", exact: true });
      await expect(card).toContainText("No data yet");
      await expect(page.getByRole("region", { name: "α* at every step" })).toHaveCount(0);
      await advance(page, 60);
      await expect(card).toContainText("step 60, batch of");
      const drawing = card.getByRole("img", {
        name: /^Function of the network and rows of the data at step 60: θ, step taken/,
      });
      await expect(drawing).toBeVisible();
      const curves = card.locator(".recharts-curve");
      const before = await curves.count();
      expect(before).toBeGreaterThanOrEqual(2);

      const slider = card.getByRole("slider", { name: "trial α" });
      await slider.press("End");
      await expect(curves).toHaveCount(before + 1);
      await expect(card.locator(".legend")).toContainText("trial α");
      await card.getByRole("button", { name: "Clear" }).click();
      await expect(curves).toHaveCount(before);

      // The pointer on the slice and on the ruler sets α, and α ends with it.
      await page.locator(".slice-trial rect").hover();
      await expect(page.locator(".slice-trial path")).toHaveCount(1);
      await expect(curves).toHaveCount(before + 1);
      await page.locator(".ruler-hand").hover();
      await expect(page.locator(".ruler-trial")).toHaveCount(1);
      await page.mouse.move(1, 1);
      await expect(curves).toHaveCount(before);

      await page.keyboard.press("g");
      await expect(card).toHaveCount(0);
      await expect(page.locator(".slice-trial")).toHaveCount(0);
      await expect(page.getByRole("region", { name: "α* at every step" })).toBeVisible();
    },
  );
}

test("the chart Fit draws regions for two inputs, predictions against targets and confusion matrices for other data", async ({
  page,
}) => {
  await open(page);
  await load(page, spiral);
  await advance(page, 40);
  await page.keyboard.press("g");
  const card = page.getByRole("region", { name: "Fit", exact: true });
  await expect(
    card.getByRole("img", { name: /^Predicted classes in the plane and rows of the data at step 40/ }),
  ).toBeVisible();
  await expect(card.locator(".fit-region")).toHaveCount(2);
  await expect(card).toContainText(/Plane of changed class: step \d/);
  expect(await findings(page)).toEqual([]);

  await load(page, {});
  await advance(page, 20);
  await expect(card.getByRole("img", { name: /^Predictions against targets at step 20/ })).toBeVisible();

  await load(page, { dataset: "penguins", hidden: [6], lr: 0.01 });
  await advance(page, 60);
  await expect(
    card.getByRole("img", { name: /^Classes .* at step 60, at θ: 276 training rows: \d.*%; 68 held-out rows: \d.*%$/ }),
  ).toBeVisible();
  await expect(card).toContainText("Rows of changed class");
});

test("the chart Fit is the ninth chart of presentation mode", async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await open(page);
  await load(page, curve);
  await advance(page, 40);
  await page.keyboard.press("p");
  await page.keyboard.press("9");
  const card = page.getByRole("region", { name: "Fit", exact: true });
  await expect(card.getByRole("img", { name: /^Function of the network/ })).toBeVisible();
  await expect(card.getByRole("slider", { name: "trial α" })).toBeVisible();
  expect(await findings(page)).toEqual([]);
});
