import fc from "fast-check";
import { expect, it } from "vitest";
import { stepsTo } from "../../../../src/core/experiment/runSummary";
import {
  defaultSweep,
  pointsOf,
  type Sweep,
  type SweepPoint,
  secondKeys,
  sweepBounds,
} from "../../../../src/core/experiment/sweep";
import { parseSweep, sweepText } from "../../../../src/core/experiment/sweepText";
import { controls, defaultRecipe } from "../../../../src/core/recipe/controls";
import { parseRecipe } from "../../../../src/core/recipe/parseRecipe";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { validRecipe, validValue } from "../../support/arbitraries";

const lr = fc.double({ min: controls.lr.min, max: controls.lr.max, noNaN: true });
const rates: fc.Arbitrary<Sweep["rates"]> = fc.oneof(
  lr.map((from) => ({ from, to: from, count: 1 })),
  fc
    .tuple(lr, lr, fc.integer({ min: 2, max: 10 }))
    .filter(([a, b]) => a !== b)
    .map(([a, b, count]) => ({ from: Math.min(a, b), to: Math.max(a, b), count })),
);
const second: fc.Arbitrary<Sweep["second"]> = fc.constantFrom(...secondKeys).chain((key) =>
  fc
    .uniqueArray(validValue(controls[key]), { minLength: 1, maxLength: 5 })
    // A text has no −0.
    .map((values) => ({ key, values: values.map((value) => (value === 0 ? 0 : value)) }) as Sweep["second"]),
);
const sweeps: fc.Arbitrary<Sweep> = fc.record({
  rates,
  second: fc.option(second),
  seeds: fc.integer({ min: 1, max: 5 }),
  steps: fc.integer({ min: 1, max: sweepBounds.steps }),
});

it("parseSweep reads every text of sweepText back", () => {
  fc.assert(
    fc.property(sweeps, (sweep) => {
      expect(parseSweep(sweepText(sweep))).toEqual({ sweep, errors: [] });
    }),
  );
});

it("parseSweep names each fault, uses the rest, and never throws", () => {
  expect(parseSweep("lr:1..0.1:9;seeds:0;steps:1e9;batchSize:8,0;colour:red;seeds:2")).toEqual({
    sweep: { ...defaultSweep, seeds: 2 },
    errors: [
      "lr: found 1..0.1; allowed: a first learning rate below the last one",
      "seeds: found 0; allowed: whole numbers from 1 to 100",
      "steps: found 1000000000; allowed: whole numbers from 1 to 100000",
      "batchSize: found 0; allowed: whole numbers from 1 to 20000",
      '"colour": unknown; allowed: lr, seeds, steps, batchSize, beta1, optimiser, sigma',
      '"seeds": found twice; the last value is used',
    ],
  });
  expect(parseSweep("lr:1e-3..1:50;seeds:100").errors).toEqual(["runs: found 5000; allowed: at most 1000"]);
  expect(parseSweep("beta1:0.5;sigma:1")).toMatchObject({
    sweep: { second: { key: "sigma", values: [1] } },
    errors: ["sigma: found beside beta1; allowed: one setting besides lr. The last one is used."],
  });
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => void parseSweep(`lr:${a};batchSize:${b};${a}`)));
});

const ratesOf = (points: readonly SweepPoint[]) => [...new Set(points.map(({ lr }) => lr))];

it("pointsOf gives both ends of the learning rates exactly and equal ratios between them", () => {
  const rates = (sweep: Sweep) => ratesOf(pointsOf(sweep, defaultRecipe));
  expect(rates(defaultSweep)).toEqual([1e-4, 3.16e-4, 1e-3, 3.16e-3, 0.01, 0.0316, 0.1, 0.316, 1]);
  expect(rates({ ...defaultSweep, rates: { from: 0.0012345, to: 0.0012345, count: 1 } })).toEqual([0.0012345]);
});

it("pointsOf gives a valid recipe without edits for each value, learning rate and seed", () => {
  fc.assert(
    fc.property(sweeps, validRecipe, (sweep, recipe) => {
      const points = pointsOf(sweep, recipe);
      expect(points).toHaveLength(ratesOf(points).length * sweep.seeds * (sweep.second?.values.length ?? 1));
      for (const { lr, value, seed, recipe: own } of points) {
        expect(own).toMatchObject({ lr, seed, edits: [], dataset: recipe.dataset, hidden: recipe.hidden });
        if (sweep.second) expect(own[sweep.second.key]).toBe(value);
        expect(parseRecipe(own).errors).toEqual([]);
      }
    }),
  );
});

it("pointsOf takes the settings after the last edit, and steps of σ·α* for a sweep of σ", () => {
  const recipe: Recipe = { ...defaultRecipe, seed: 4_294_967_295, edits: [{ step: 900, beta1: 0.5 }] };
  const sweep: Sweep = { ...defaultSweep, seeds: 2, second: { key: "sigma", values: [0.5] } };
  const [first, wrapped] = pointsOf(sweep, recipe);
  expect(first?.recipe).toMatchObject({ beta1: 0.5, rule: "alphaStar", sigma: 0.5, lr: 1e-4, seed: 4_294_967_295 });
  expect(wrapped?.seed).toBe(0);
});

it("stepsTo finds the first step of a curve at or below a loss", () => {
  const curve = [1, 0.5, 0.7, 0.2].map((loss, k) => ({ step: 10 * k + 1, loss }));
  expect([stepsTo({ curve }, 0.5), stepsTo({ curve }, 0.3), stepsTo({ curve }, 0.1)]).toEqual([11, 31, null]);
});
