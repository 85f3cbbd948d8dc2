import { deviation } from "d3-array";
import { expect, test } from "vitest";
import { datasets } from "../../../../src/core/data/datasets";
import { parseRecipe } from "../../../../src/core/recipe/parseRecipe";
import type { Curve } from "../../../../src/core/recipe/recipe";

const functions: Readonly<Record<Curve, (x: number) => number>> = {
  sine: (x) => Math.sin((Math.PI * x) / 2),
  step: (x) => Math.sign(x),
  sum: (x) => Math.sin((Math.PI * x) / 2) + 0.5 * Math.sin(2 * Math.PI * x),
};

const made = (curve: Curve, noise: number) =>
  datasets.curve.make(parseRecipe({ dataset: "curve", curve, noise, rows: 2000, seed: 3 }).recipe);

test.each(Object.keys(functions) as Curve[])(
  "the dataset curve has the targets of %s without noise, over the whole range of inputs",
  (curve) => {
    const { x, y } = made(curve, 0);
    expect([x.length, y.length]).toEqual([2000, 2000]);
    for (const [row, value] of y.entries()) expect(value).toBeCloseTo(functions[curve](x[row]!), 6);
    expect(Math.max(...x)).toBeGreaterThan(1.99);
    expect(Math.max(...x)).toBeLessThan(2);
    expect(Math.min(...x)).toBeLessThan(-1.99);
    expect(Math.min(...x)).toBeGreaterThanOrEqual(-2);
  },
);

test("the noise of the dataset curve has a tenth of the setting as its standard deviation", () => {
  const { y } = made("sum", 3);
  const clean = made("sum", 0).y;
  expect(deviation(y.map((value, row) => value - clean[row]!))).toBeCloseTo(0.3, 1);
});
