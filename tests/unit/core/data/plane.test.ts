import { describe, expect, test } from "vitest";
import { datasets } from "../../../../src/core/data/datasets";
import type { PlaneSet } from "../../../../src/core/data/plane";
import { parseRecipe } from "../../../../src/core/recipe/parseRecipe";

interface Point {
  readonly x1: number;
  readonly x2: number;
  readonly label: number;
}

function points(dataset: PlaneSet, noise: number, rows = 999): Point[] {
  const { x, y } = datasets[dataset].make(parseRecipe({ dataset, noise, rows, seed: 5 }).recipe);
  expect([x.length, y.length]).toEqual([2 * rows, 2 * rows]);
  return Array.from({ length: rows }, (_, row) => {
    expect(y[2 * row]! + y[2 * row + 1]!).toBe(1);
    return { x1: x[2 * row]!, x2: x[2 * row + 1]!, label: y[2 * row + 1]! };
  });
}

/** The class of a point of the data without noise, by their geometry. */
const labelAt: Readonly<Record<PlaneSet, (x1: number, x2: number) => number>> = {
  spiral(x1, x2) {
    const turned = (Math.atan2(x2, x1) - (3 * Math.PI * Math.hypot(x1, x2)) / 2) / Math.PI;
    return Math.abs(Math.round(turned)) % 2;
  },
  circles: (x1, x2) => (Math.hypot(x1, x2) < 1.5 ? 0 : 1),
  xor: (x1, x2) => (x1 * x2 > 0 ? 1 : 0),
  moons: (x1, x2) => (Math.abs(Math.hypot(x1 + 0.5, x2 + 0.25) - 1) < 1e-5 && x2 > -0.2500001 ? 0 : 1),
};

describe.each(Object.keys(labelAt) as PlaneSet[])("the dataset %s", (dataset) => {
  test(`the dataset ${dataset} has two classes of equal size, separated by their geometry without noise`, () => {
    const all = points(dataset, 0);
    expect(all.filter(({ label }) => label === 1)).toHaveLength(499);
    for (const { x1, x2, label } of all) expect(labelAt[dataset](x1, x2)).toBe(label);
  });

  test(`the noise of the dataset ${dataset} moves the points by a tenth of the setting`, () => {
    const [clean, noisy] = [points(dataset, 0, 500), points(dataset, 2, 500)];
    const moves = clean.flatMap(({ x1, x2 }, row) => [noisy[row]!.x1 - x1, noisy[row]!.x2 - x2]);
    expect(Math.sqrt(moves.reduce((sum, move) => sum + move * move, 0) / moves.length)).toBeCloseTo(0.2, 1);
    expect(noisy.map(({ label }) => label)).toEqual(clean.map(({ label }) => label));
  });
});
