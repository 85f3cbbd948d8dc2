import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeDomain } from "../../../../src/kit/chart/domains";
import {
  bucketsOf,
  extentOf,
  maxPoints,
  partStarts,
  partsOf,
  rowsOf,
  verdictsOf,
} from "../../../../src/kit/chart/rows";
import { history } from "../../support/history";

describe("rowsOf", () => {
  it("rowsOf has a row for every step when there are few steps", () => {
    const run = history(200, { loss: (step) => step * step });
    const rows = rowsOf(run, partsOf(200, timeDomain(200, "run")), { loss: "loss" });
    expect(rows).toHaveLength(200);
    expect(rows[6]).toEqual({ step: 7, loss: 49 });
  });

  it("rowsOf keeps a spike of one step near its step in a long run", () => {
    const run = history(20_000, { loss: (step) => (step === 12_345 ? 99 : step === 4321 ? -99 : 1) });
    const rows = rowsOf(run, partsOf(20_000, timeDomain(20_000, "run")), { loss: "loss" });
    expect(rows.length).toBeLessThanOrEqual(maxPoints);
    expect(extentOf(rows, ["loss"])).toEqual([-99, 99]);
    const at = (value: number) => rows.find(({ loss }) => loss === value)?.step ?? 0;
    expect(Math.abs(at(99) - 12_345)).toBeLessThan(300);
    expect(Math.abs(at(-99) - 4321)).toBeLessThan(300);
  });

  it("rowsOf has a gap for values that are not finite, and no NaN", () => {
    const run = history(1000, { loss: (step) => (step > 500 ? Number.NaN : step) });
    for (const length of [100, 1000]) {
      const rows = rowsOf(run, partsOf(length, timeDomain(length, "run")), { loss: "loss" });
      for (const { step, loss } of rows) expect(loss === null).toBe(step > 504);
      expect(rows.every(({ loss }) => loss === null || Number.isFinite(loss))).toBe(true);
    }
  });
});

it("partsOf covers the steps shown with few parts at fixed steps", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 900_000 }), fc.constantFrom("run" as const, 100, 3000), (length, span) => {
      const parts = partsOf(length, timeDomain(length, span));
      const starts = partStarts(parts);
      expect(starts.length * (parts.size === 1 ? 1 : 2)).toBeLessThanOrEqual(maxPoints);
      expect(parts.to).toBe(length);
      expect(starts.every((start) => parts.size === 1 || (start - 1) % parts.size === 0)).toBe(true);
    }),
  );
});

it("rowsOf keeps a spike at the first step of a zoomed axis", () => {
  const run = history(5000, { loss: (step) => (step === 1003 ? 99 : 1) });
  const rows = rowsOf(run, partsOf(5000, { lo: 1002.5, hi: 3003, ticks: [] }), { loss: "loss" });
  expect(Math.max(...rows.map(({ loss }) => loss ?? 0))).toBe(99);
  expect(rows.length).toBeLessThanOrEqual(maxPoints);
});

it("verdictsOf counts each verdict in its part, the shorter last part included", () => {
  const run = history(1001, { verdict: (step) => (step === 1001 ? 2 : step === 3 ? 1 : 0), alphaStar: () => 0.5 });
  const parts = partsOf(1001, timeDomain(1001, "run"));
  const counts = verdictsOf(run, parts);
  expect(counts.filter((part) => part.counts.concave > 0).map(({ to }) => to)).toEqual([1001]);
  expect(counts.filter((part) => part.counts.behind > 0)).toHaveLength(1);
  expect(counts.reduce((sum, part) => sum + part.counts.minimum, 0)).toBe(999);
  // The last part has no minimum: no α* is drawn there.
  expect(bucketsOf(run, parts, "alphaStar").at(-1)?.to).toBeLessThan(1001);
});
