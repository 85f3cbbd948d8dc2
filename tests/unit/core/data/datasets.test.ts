import { deviation, mean } from "d3-array";
import { describe, expect, test } from "vitest";
import { datasets, initialParameters } from "../../../../src/core/data/datasets";
import { defaultRecipe } from "../../../../src/core/recipe/controls";

describe("noise", () => {
  const { x, y } = datasets.noise.make(defaultRecipe);

  test("the dataset noise has standard normal inputs and targets", () => {
    expect([x.length, y.length]).toEqual([10_000, 1000]);
    expect(Math.abs(mean(x) as number)).toBeLessThan(0.04);
    expect(deviation(x)).toBeCloseTo(1, 1);
    expect(deviation(y)).toBeCloseTo(1, 1);
  });

  test("the dataset noise depends on the seed only", () => {
    expect(datasets.noise.make(defaultRecipe).x).toEqual(x);
    expect(datasets.noise.make({ ...defaultRecipe, seed: 1 }).x).not.toEqual(x);
  });
});

describe("teacher", () => {
  const clean = (seed: number) => datasets.teacher.make({ ...defaultRecipe, seed, noise: 0, outputs: 2 }).y;

  test("the dataset teacher has targets of variance about 1 without noise, for any seed", () => {
    for (let seed = 0; seed < 20; seed++) {
      expect(deviation(clean(seed))).toBeGreaterThan(0.6);
      expect(deviation(clean(seed))).toBeLessThan(1.5);
    }
  });

  test("the noise of the dataset teacher adds its variance to the targets", () => {
    const noisy = datasets.teacher.make({ ...defaultRecipe, noise: 2, outputs: 2 }).y;
    const silent = clean(0);
    const difference = noisy.map((value, i) => value - (silent[i] as number));
    expect(deviation(difference)).toBeCloseTo(2, 0);
    expect(Math.abs(mean(difference) as number)).toBeLessThan(0.2);
  });

  test("the targets of the dataset teacher are a function of the inputs", () => {
    const twice = datasets.teacher.make({ ...defaultRecipe, rows: 2000, noise: 0 });
    expect(twice.y.slice(0, 1000)).toEqual(datasets.teacher.make({ ...defaultRecipe, noise: 0 }).y);
  });
});

test("the dataset classes is one-hot at the largest output of the teacher, with rows of every class", () => {
  const shape = { ...defaultRecipe, outputs: 3 };
  const scores = datasets.teacher.make(shape).y;
  const { y } = datasets.classes.make(shape);
  const counts = [0, 0, 0];
  for (let row = 0; row < shape.rows; row++) {
    const targets = Array.from(y.slice(3 * row, 3 * row + 3));
    const best = scores.slice(3 * row, 3 * row + 3);
    const label = best.indexOf(Math.max(...best));
    expect(targets).toEqual([0, 1, 2].map((k) => (k === label ? 1 : 0)));
    counts[label] = (counts[label] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(100);
});

test("initialParameters are uniform in ±1/√fan_in of each layer and exact in float32", () => {
  const sizes = [100, 50, 4];
  const theta = initialParameters(sizes, 3);
  expect(theta.length).toBe(100 * 50 + 50 + 50 * 4 + 4);
  expect(theta).toEqual(Float64Array.from(theta, Math.fround));
  for (const [from, to, fanIn] of [
    [0, 5050, 100],
    [5050, 5254, 50],
  ] as const) {
    const bound = 1 / Math.sqrt(fanIn);
    const layer = Array.from(theta.slice(from, to));
    expect(Math.max(...layer.map(Math.abs))).toBeLessThanOrEqual(Math.fround(bound));
    expect(deviation(layer) as number).toBeCloseTo(bound / Math.sqrt(3), 2);
  }
});
