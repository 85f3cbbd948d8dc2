import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { datasets } from "../../../../src/core/data/datasets";
import { identity } from "../../../../src/core/data/random";
import { startOf } from "../../../../src/core/data/start";
import { parseRecipe } from "../../../../src/core/recipe/parseRecipe";
import { hessianAt } from "../../../../src/engine/cpu/hessian";
import { loopSweeper } from "../../../../src/engine/cpu/sweeper";

const recipeOf = (settings: object) => parseRecipe({ dataset: "quadratic", ...settings }).recipe;

/** Means and second moments of x₁, x₂ over all rows: [mean 1, mean 2, variance 1, covariance, variance 2]. */
function momentsOf(x: Float32Array): number[] {
  const rows = x.length / 2;
  const sums = [0, 0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const [x1, x2] = [x[2 * row]!, x[2 * row + 1]!];
    [x1, x2, x1 * x1, x1 * x2, x2 * x2].forEach((value, k) => {
      sums[k]! += value;
    });
  }
  return sums.map((sum) => sum / rows);
}

describe("quadratic", () => {
  test("the inputs of the dataset quadratic have mean 0, covariance 0 and the variances 1 and 1/κ, for any size", () => {
    const rows = fc.integer({ min: 64, max: 700 });
    const kappa = fc.double({ min: 1, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(rows, kappa, fc.nat(1000), (rows, kappa, seed) => {
        const [mean1, mean2, variance1, covariance, variance2] = momentsOf(
          datasets.quadratic.make(recipeOf({ rows, kappa, seed })).x,
        ) as [number, number, number, number, number];
        expect(Math.abs(mean1)).toBeLessThan(1e-15);
        expect(Math.abs(mean2)).toBeLessThan(1e-15);
        expect(Math.abs(covariance)).toBeLessThan(1e-15);
        // Twice the relative rounding error of the smallest value, whose square is at most an equal share of the sum.
        const rounding = 2 ** -23 / Math.floor(rows / 4);
        expect(Math.abs(variance1 - 1)).toBeLessThan(rounding);
        expect(Math.abs(variance2 * kappa - 1)).toBeLessThan(rounding);
      }),
      { numRuns: 60 },
    );
  });

  test.each([1, 7, 100, 12_345])(
    "the Hessian of the dataset quadratic is diag(2, 2/κ, 2) to 1e-9 for κ = %d",
    (kappa) => {
      const { problem, theta } = startOf(recipeOf({ kappa, rows: 130, seed: 2 }), null);
      expect(problem.sizes).toEqual([2, 1]);
      const rows = { order: identity(130), start: 0, count: 130 };
      const hessian = hessianAt(problem, theta, rows, loopSweeper);
      const eigenvalues = [2, 2 / kappa, 2];
      eigenvalues.forEach((eigenvalue, k) => {
        const unit = Float64Array.from({ length: 3 }, (_, i) => (i === k ? 1 : 0));
        const column = Array.from(hessian.apply(unit));
        column.forEach((value, i) => {
          expect(Math.abs(value - (i === k ? eigenvalue : 0))).toBeLessThan(1e-9 * eigenvalue);
        });
      });
    },
  );

  test("the dataset quadratic has the loss 0 at the weights 1 and √κ and the bias 0 without noise", () => {
    const kappa = 400;
    const { x, y } = datasets.quadratic.make(recipeOf({ kappa, noise: 0, rows: 64 }));
    y.forEach((target, row) => {
      expect(target).toBeCloseTo(x[2 * row]! + 20 * x[2 * row + 1]!, 5);
    });
  });

  test("parseRecipe gives the dataset quadratic a linear model and at least four rows", () => {
    expect(recipeOf({})).toMatchObject({ inputs: 2, outputs: 1, hidden: [], kappa: 100 });
    expect(parseRecipe({ dataset: "quadratic", hidden: [4], rows: 3 }).errors).toEqual([
      "hidden: found 4; allowed: none, set by the dataset quadratic",
      "rows: found 3; allowed: 4 or more for the dataset quadratic",
    ]);
  });
});
