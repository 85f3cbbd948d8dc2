import type { Page } from "@playwright/test";
import { findings } from "../axe";
import { advance, expect, load, recipe, test, trace } from "../fixtures";

const dialog = (page: Page) => page.getByRole("dialog", { name: "Experiments" });
const small = { rows: 100, inputs: 4, hidden: [3], batchSize: 8 };

test("a range test opened by its key shows loss, α* and the edge against lr, and leaves the run as it is", async ({
  openPage,
}) => {
  const page = await openPage("cpu");
  await load(page, small);
  await advance(page, 60);
  const before = [await trace(page), await recipe(page)];
  await page.keyboard.press("x");
  await dialog(page).getByLabel("from lr").fill("1e-9");
  await expect(dialog(page).getByRole("alert")).toHaveText("Learning rate must be from 1e-8 to 100.");
  await dialog(page).getByLabel("from lr").fill("1e-4");
  await dialog(page).getByLabel("times").fill("1.2");
  await dialog(page).getByLabel("times").press("Enter");
  await expect(dialog(page).getByRole("status")).toContainText(
    /From step 60: The loss is least at lr .* The loss explodes at lr .* The median α\* of the last steps is .* The edge of stability is at lr/,
  );
  const chart = dialog(page).getByRole("img", { name: /^Loss against learning rate\. The loss is least/ });
  await expect(chart.locator(".recharts-curve")).toHaveCount(2);
  await chart.hover();
  await expect(dialog(page).locator("output")).toContainText(/^step \d+: lr .*, loss .*, α\* .*, next α\* /);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeHidden();
  expect([await trace(page), await recipe(page)]).toEqual(before);
});
