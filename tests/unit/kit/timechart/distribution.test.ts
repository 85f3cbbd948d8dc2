import { describe, expect, it } from "vitest";
import { partsOf } from "../../../../src/kit/chart/rows";
import { type Distribution, distributionOf, medianRows, shownRange } from "../../../../src/kit/timechart/distribution";
import { history } from "../../support/history";

const wave = (step: number) => Math.sin(step * step);

describe("distributionOf", () => {
  it("distributionOf has a point for every step that has its width", () => {
    const run = history(50, { loss: wave });
    const { points, crowding } = distributionOf(run, partsOf(50, { lo: 0, hi: 100 }, 300), "loss");
    expect(points).toEqual(Array.from({ length: 50 }, (_, i) => ({ step: i + 1, value: wave(i + 1) })));
    expect(crowding).toBe(0);
  });

  it("distributionOf keeps a spike of one step as a point at its step", () => {
    const run = history(30_000, { loss: (step) => (step === 12_345 ? 99 : wave(step)) });
    const { points, columns } = distributionOf(run, partsOf(30_000, { lo: 0, hi: 30_000 }, 300), "loss");
    expect(points).toContainEqual({ step: 12_345, value: 99 });
    expect(points.length).toBeLessThanOrEqual(240);
    expect(Math.max(...columns.map(({ spread }) => spread?.p90 ?? 0))).toBeLessThanOrEqual(1);
  });

  it("distributionOf of magnitudes has no signs, in its points and in its quantiles", () => {
    const run = history(5000, { slope: (step) => (step % 3 === 0 ? 1 : -2) });
    for (const width of [20, 300, 20_000]) {
      const parts = partsOf(5000, { lo: 0, hi: 5000 }, width);
      const { points, columns } = distributionOf(run, parts, "slope", "magnitude");
      expect(new Set(points.map(({ value }) => value))).toEqual(new Set([1, 2]));
      for (const { spread } of columns.slice(2, -1)) expect(spread).toMatchObject({ p10: 1, p50: 2, p90: 2 });
      expect(distributionOf(run, parts, "slope").columns[2]?.spread?.p50).toBe(-2);
    }
  });
});

describe("distributionOf in columns", () => {
  it("distributionOf makes each column from its own steps when a part has 32 or more", () => {
    const run = history(1000, { loss: (step) => Math.floor((step - 1) / 64) });
    const { columns } = distributionOf(run, partsOf(1000, { lo: 0, hi: 1000 }, 50), "loss");
    expect(columns.map(({ spread }) => [spread?.p10, spread?.p90])).toEqual(columns.map((_, k) => [k, k]));
    expect(columns.slice(0, 2).map(({ step }) => step)).toEqual([32.5, 96.5]);
    // The last part has 40 of its 64 steps.
    expect(columns.at(-1)?.step).toBe(980.5);
  });

  it("distributionOf keeps the median of steep first steps on the curve, whether steps are points or in parts", () => {
    const run = history(400, { loss: (step) => 100 / step });
    for (const width of [1000, 300]) {
      const [first] = distributionOf(run, partsOf(400, { lo: 0, hi: 400 }, width), "loss").columns;
      expect(first?.spread?.p90).toBe(100);
      expect(first?.spread?.p50).toBeGreaterThanOrEqual(25);
    }
  });

  it("medianRows gives medians that differ little between the zoom with points and the first zoom with parts", () => {
    const run = history(2000, { loss: (step) => step / 40 + wave(step) });
    const at = (width: number) =>
      new Map(
        medianRows(run, partsOf(2000, { lo: 0, hi: 400 }, width), "loss").map(({ step, value }) => [step, value]),
      );
    const [points, parts] = [at(1000), at(999)];
    expect([points.size, parts.size]).toEqual([400, 200]);
    for (const [step, value] of parts) {
      const before = Number(points.get(step - 0.5));
      if (step > 16) expect(Math.abs(Number(value) - before)).toBeLessThan(0.5);
    }
  });

  it("distributionOf has no spread where a series has no finite values", () => {
    const run = history(100, { loss: (step) => (step > 40 ? Number.NaN : step) });
    const { columns } = distributionOf(run, partsOf(100, { lo: 0, hi: 100 }, 300), "loss");
    const spreads = columns.map(({ spread }) => spread);
    expect(spreads.slice(0, 40).every(Boolean)).toBe(true);
    expect(spreads.slice(60)).toEqual(Array(40).fill(null));
  });
});

describe("shownRange", () => {
  const of = (low: number, high: number, ...values: number[]): Distribution => ({
    columns: [{ step: 1, spread: { p10: low, p25: low, p50: low, p75: high, p90: high } }],
    points: values.map((value, k) => ({ step: k + 1, value })),
    crowding: 1,
  });

  it("shownRange widens the bands to the points, by at most their height on each side", () => {
    expect(shownRange([of(4, 6, 3.5, 6.5)], "linear")).toEqual([3.5, 6.5]);
    expect(shownRange([of(4, 6, -100, 1e9)], "linear")).toEqual([2, 8]);
    expect(shownRange([of(4, 6, 5), of(1, 2, 0.5)], "linear")).toEqual([0.5, 6]);
  });

  it("shownRange widens by at most a decade on a logarithmic axis, and leaves out values that are not positive", () => {
    expect(shownRange([of(1, 10, 0.5, 20)], "log")).toEqual([0.5, 20]);
    expect(shownRange([of(1, 10, -3, 0, 1e-9, 1e9)], "log")).toEqual([0.1, 100]);
    expect(shownRange([of(-1, 10, -5, 8)], "log")).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  });

  it("shownRange of no values is empty", () => {
    expect(shownRange([], "log")).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  });
});
