import { expect, it } from "vitest";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { noisePicture } from "../../../../src/features/timecharts/noisePicture";
import type { Session } from "../../../../src/session/session";
import { history } from "../../support/history";
import { reading } from "../../support/reading";

/** A run of 1000 rows with the mean gradient 1 and this variance at every step; the noise scale is the variance. */
function runOf(variance: number, recipe: Partial<Recipe> = {}, steps = 50): Session {
  const run = history(steps, {
    batch: () => 32,
    gradVariance: () => variance,
    gradNorm: () => Math.sqrt(Math.max(0, 1 + variance * (1 / 32 - 1 / 1000))),
  });
  const session = reading(run);
  session.store.setState({ recipe: { ...defaultRecipe, ...recipe } });
  return session;
}

it("noisePicture draws the noise scale at each step and the batch size from each change to the end of the axis", () => {
  const edits = [
    { step: 20, lr: 0.1 },
    { step: 30, batchSize: 128 },
    { step: 70, batchSize: 4000 },
    { step: 900, batchSize: 2 },
  ];
  const { scales, batchSizes, x, y } = noisePicture(runOf(70, { edits }), null);
  expect(scales.map(({ step }) => step)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  for (const { value } of scales) expect(value).toBeCloseTo(70, 9);
  expect(batchSizes).toEqual([
    { step: 1, value: 32 },
    { step: 30, value: 128 },
    { step: 70, value: 1000 },
    { step: 100, value: 1000 },
  ]);
  expect([x.hi, y.lo, y.hi]).toEqual([100, 10, 1000]);
});

it("noisePicture ends its axis at ten times the number of rows when the noise scale is larger", () => {
  expect(noisePicture(runOf(1e9), null).y).toMatchObject({ lo: 10, hi: 10_000 });
});

it("noisePicture has a gap when the noise scale is undefined, and an axis with the batch size before the first step", () => {
  const { scales, y } = noisePicture(runOf(Number.NaN), null);
  expect(scales.every(({ value }) => value === null)).toBe(true);
  expect([y.lo, y.hi]).toEqual([10, 100]);
  expect(noisePicture(runOf(1, {}, 0), null)).toMatchObject({ scales: [], y: { lo: 10, hi: 100 } });
});
