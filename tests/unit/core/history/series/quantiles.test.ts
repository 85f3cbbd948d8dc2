import fc from "fast-check";
import { expect, it } from "vitest";
import { Quantiles } from "../../../../../src/core/history/series/quantiles";
import type { Spread } from "../../../../../src/core/history/series/sample";
import { Series } from "../../../../../src/core/history/series/series";

const probabilities: Readonly<Record<keyof Spread, number>> = { p10: 0.1, p25: 0.25, p50: 0.5, p75: 0.75, p90: 0.9 };

/** The largest distance, over the quantiles of a spread, between p and the ranks of its value among the finite values. */
function rankError(spread: Spread, values: Float64Array): number {
  const finite = values.filter(Number.isFinite);
  const errors = Object.entries(probabilities).map(([key, p]) => {
    const value = spread[key as keyof Spread];
    expect(finite.includes(value)).toBe(true);
    const [below, upTo] = [finite.filter((x) => x < value), finite.filter((x) => x <= value)];
    return Math.max(below.length / finite.length - p, p - upTo.length / finite.length, 0);
  });
  return Math.max(...errors);
}

/** Columns that are hard for a summary by blocks, besides random ones. */
const shapes: Readonly<Record<string, (i: number, random: number) => number>> = {
  uniform: (_, random) => random,
  heavyTails: (_, random) => 1 / (random - 0.5),
  rising: (i) => i,
  falling: (i) => -i,
  constant: () => 3,
  twoValues: (_, random) => (random < 0.25 ? 1 : 2),
  sawtooth: (i) => i % 1024,
  stairs: (i) => Math.floor(i / 1024),
  alternating: (i) => (i % 2 ? i : -i),
  huge: (i, random) => (i % 2 ? 1e300 : 1e-300) * random,
  withGaps: (i, random) => (random < 0.3 ? Number.NaN : random < 0.4 ? Number.POSITIVE_INFINITY : i % 97),
  mostlyGaps: (i, random) => (random < 0.99 ? Number.NEGATIVE_INFINITY : i),
};

const column = (length: number, shape: string, seed: number): Float64Array => {
  let state = seed;
  return Float64Array.from({ length }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return shapes[shape]?.(i, state / 2 ** 32) ?? Number.NaN;
  });
};

const anyColumn = fc
  .tuple(fc.integer({ min: 1, max: 12_000 }), fc.constantFrom(...Object.keys(shapes)), fc.nat())
  .map(([length, shape, seed]) => column(length, shape, seed));
const fraction = fc.double({ min: 0, max: 1, noNaN: true });

it("spread has a rank error of at most 1/64 over any range of any column, and none over fewer than 2048 steps", () => {
  fc.assert(
    fc.property(anyColumn, fraction, fraction, (values, a, b) => {
      const [from, to] = [a, b].map((x) => 1 + Math.floor(x * (values.length - 1))).sort((x, y) => x - y) as [
        number,
        number,
      ];
      const spread = new Quantiles().spread(values, from, to);
      const range = values.subarray(from - 1, to);
      if (!spread) expect(range.some(Number.isFinite)).toBe(false);
      else expect(rankError(spread, range)).toBeLessThanOrEqual(to - from + 1 < 2048 ? 1e-12 : 1 / 64 + 1e-12);
    }),
    { numRuns: 150 },
  );
});

it("spread of a range of a few steps is exact", () => {
  const values = Float64Array.from([5, Number.NaN, 1, 4, 2, 3, 100]);
  expect(new Quantiles().spread(values, 1, 6)).toEqual({ p10: 1, p25: 2, p50: 3, p75: 4, p90: 5 });
  expect(new Quantiles().spread(values, 2, 2)).toBeNull();
  expect(new Quantiles().spread(values, 4, 3)).toBeNull();
});

/** The spreads of consecutive ranges as charts read them: of a power of two of steps. */
const spreadsOf = (series: Series, length: number) =>
  [256, 1024, 4096].flatMap((size) =>
    Array.from({ length: Math.ceil(length / size) }, (_, k) => series.spread(k * size + 1, (k + 1) * size)),
  );

it("spread of a series equals that of a series never truncated, after a truncation and other values", () => {
  fc.assert(
    fc.property(anyColumn, fraction, (values, at) => {
      const kept = Math.floor(at * values.length);
      const series = new Series();
      series.append(values, kept);
      series.append(new Float64Array(5000).fill(-1e6), 5000);
      // Summarises the blocks that are removed, and keeps the spreads of ranges that are removed.
      expect(series.spread(1, kept + 5000)).not.toBeNull();
      spreadsOf(series, kept + 5000);
      series.truncate(kept);
      series.append(values, values.length - kept, kept);
      expect(series.spread(1, values.length)).toEqual(new Quantiles().spread(values, 1, values.length));
      const straight = new Series();
      straight.append(values, values.length);
      expect(spreadsOf(series, values.length)).toEqual(spreadsOf(straight, values.length));
    }),
    { numRuns: 30 },
  );
});

it("spread of a growing series keeps the result of a complete range", () => {
  const values = column(9000, "heavyTails", 7);
  const series = new Series();
  series.append(values, 4500);
  const before = spreadsOf(series, 4096);
  series.append(values, 4500, 4500);
  expect(spreadsOf(series, 4096)).toEqual(before);
  expect(spreadsOf(series, 4096)).toContainEqual(new Quantiles().spread(values, 1, 4096));
  expect(series.copy().spread(1, 9000)).toEqual(series.spread(1, 9000));
});
