import { expect, test } from "vitest";
import { crossingGrid, firstCrossing } from "../../../../src/engine/inspect/firstCrossing";

const find = (f: (alpha: number) => number, scale = 1) => {
  const grid = crossingGrid(scale);
  return firstCrossing(grid, grid.map(f), async (alphas) => alphas.map(f));
};

test.each([
  ["a parabola", (a: number) => a * (a - 2), 2],
  ["a parabola whose zero is below the grid", (a: number) => a * (a - 1e-5), 1e-5],
  ["the first of three zeros", (a: number) => a * (a - 1) * (a - 3) * (a - 9), 1],
  ["a function with a kink at its zero", (a: number) => (a < 5 ? -0.1 * (5 - a) : 1000 * (a - 5)), 5],
  ["a function that is infinite beyond a point", (a: number) => (a < 7 ? -1 : Number.POSITIVE_INFINITY), 7],
  ["a function that is undefined beyond a point", (a: number) => (a < 7 ? -1 : Number.NaN), 7],
] as const)("firstCrossing finds the zero of %s", async (_, f, zero) => {
  const sign = f(1e-9) < 0 ? 1 : -1;
  expect(Math.abs((await find((a) => sign * f(a)))! / zero - 1)).toBeLessThan(1e-6);
});

test("firstCrossing is null where the function is negative on the whole grid", async () => {
  expect(await find((a) => -a)).toBeNull();
  expect(await find((a) => a * (a - 4000))).not.toBeNull();
  expect(await find((a) => a * (a - 4200))).toBeNull();
});
