import { expect, it } from "vitest";
import { rangeBounds, rangeRecipe, ratesOf } from "../../../../src/core/experiment/range";
import { controls, defaultRecipe } from "../../../../src/core/recipe/controls";
import { type Recipe, settingsAt } from "../../../../src/core/recipe/recipe";

const range = { from: 1e-3, factor: 2 };

it("ratesOf multiplies by the factor up to the largest learning rate of a recipe, and ends at the largest number of steps", () => {
  const rates = ratesOf(range);
  expect(rates.slice(0, 3)).toEqual([1e-3, 2e-3, 4e-3]);
  expect(rates).toHaveLength(17);
  expect(rates.at(-1)).toBeLessThanOrEqual(controls.lr.max);
  expect(ratesOf({ from: 1e-8, factor: rangeBounds.factor.min })).toHaveLength(rangeBounds.steps);
});

it.each([
  ["at step 0", 0],
  ["at a later step", 7],
])("rangeRecipe edits the learning rate at each step from the next one on, %s", (_, taken) => {
  const recipe = rangeRecipe(defaultRecipe, taken, range);
  for (const [k, lr] of ratesOf(range).entries()) expect(settingsAt(recipe, taken + 1 + k).lr).toBe(lr);
  expect(settingsAt(recipe, taken).lr).toBe(taken === 0 ? 1e-3 : defaultRecipe.lr);
});

it("rangeRecipe keeps the edits before the test and leaves out schedules, the step rule and later edits", () => {
  const recipe: Recipe = {
    ...defaultRecipe,
    rule: "alphaStar",
    edits: [
      { step: 3, beta1: 0.5 },
      { step: 5, schedule: { key: "lr", shape: "cosine", lr: 0.1, end: 0, length: 100 } },
      { step: 8, batchSize: 8 },
      { step: 12, beta1: 0.1, lr: 7 },
    ],
  };
  const twin = rangeRecipe(recipe, 7, range);
  expect(settingsAt(twin, 7)).toEqual(settingsAt(recipe, 7));
  expect(settingsAt(twin, 12)).toMatchObject({ lr: 16e-3, beta1: 0.5, batchSize: 8, rule: "lr" });
});
