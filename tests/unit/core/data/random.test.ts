import { deviation, mean } from "d3-array";
import fc from "fast-check";
import { expect, test } from "vitest";
import { normal, permutation, streams, uniform } from "../../../../src/core/data/random";

const take = (n: number, next: () => number) => Array.from({ length: n }, next);

test("uniform gives the recorded numbers for a seed", () => {
  // A change of these numbers changes every run that was shared by its recipe.
  expect(take(3, uniform(0, streams.parameters))).toEqual([
    0.3805612749380203, 0.3357525795532922, 0.45922476365037834,
  ]);
  expect(Array.from(permutation(8, 0, streams.order, 0))).toEqual([5, 0, 6, 1, 3, 4, 2, 7]);
});

test("uniform gives numbers in [0, 1) with the moments of U(0, 1)", () => {
  const numbers = take(20_000, uniform(1, 2, 3));
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  // Four standard errors.
  expect(Math.abs((mean(numbers) as number) - 0.5)).toBeLessThan(4 / Math.sqrt(12 * 20_000));
  expect(deviation(numbers)).toBeCloseTo(1 / Math.sqrt(12), 2);
});

test("normal gives numbers with the moments of N(0, 1)", () => {
  const numbers = take(20_000, normal(0, 1));
  expect(Math.abs(mean(numbers) as number)).toBeLessThan(4 / Math.sqrt(20_000));
  expect(Math.abs((deviation(numbers) as number) - 1)).toBeLessThan(4 / Math.sqrt(2 * 20_000));
});

test("uniform is uncorrelated between neighbouring seeds and streams, with seed 0", () => {
  const n = 4000;
  const streamOf = (seed: number, ...stream: number[]) => take(n, uniform(seed, ...stream)).map((u) => u - 0.5);
  const all = [streamOf(0, 1), streamOf(1, 1), streamOf(0, 2), streamOf(0, 1, 0), streamOf(0, 1, 1), streamOf(1, 0)];
  for (const [i, a] of all.entries()) {
    for (const b of all.slice(i + 1)) {
      const correlation = 12 * (mean(a, (value, k) => value * (b[k] as number)) as number);
      expect(Math.abs(correlation)).toBeLessThan(4.5 / Math.sqrt(n));
    }
  }
});

test("uniform has evenly distributed first numbers over successive seeds", () => {
  const bins = new Array(10).fill(0);
  for (let seed = 0; seed < 5000; seed++) bins[Math.floor(10 * uniform(seed, streams.parameters)())]++;
  // χ² with 9 degrees of freedom: 33 has a chance of 1 in 10,000.
  expect(bins.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0)).toBeLessThan(33);
});

test("permutation has every index once and differs between epochs", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), (n, seed, epoch) => {
      const order = permutation(n, seed, streams.order, epoch);
      expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      expect(permutation(n, seed, streams.order, epoch)).toEqual(order);
    }),
  );
  expect(permutation(50, 0, streams.order, 0)).not.toEqual(permutation(50, 0, streams.order, 1));
});
