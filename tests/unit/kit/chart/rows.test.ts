import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeDomain } from "../../../../src/kit/chart/domains";
import { bucketsOf, extentOf, partEnds, partStarts, partsOf, rowsOf, verdictsOf } from "../../../../src/kit/chart/rows";
import { history } from "../../support/history";

describe("rowsOf", () => {
  it("rowsOf has a row for every step when there are few steps", () => {
    const run = history(200, { loss: (step) => step * step });
    const rows = rowsOf(run, partsOf(200, timeDomain(200, "run"), 500), { loss: "loss" });
    expect(rows).toHaveLength(200);
    expect(rows[6]).toEqual({ step: 7, loss: 49 });
  });

  it("rowsOf keeps a spike of one step near its step in a long run", () => {
    const run = history(20_000, { loss: (step) => (step === 12_345 ? 99 : step === 4321 ? -99 : 1) });
    const rows = rowsOf(run, partsOf(20_000, timeDomain(20_000, "run"), 300), { loss: "loss" });
    expect(extentOf(rows, ["loss"])).toEqual([-99, 99]);
    const at = (value: number) => rows.find(({ loss }) => loss === value)?.step ?? 0;
    expect(Math.abs(at(99) - 12_345)).toBeLessThan(300);
    expect(Math.abs(at(-99) - 4321)).toBeLessThan(300);
  });

  it("rowsOf has a gap for values that are not finite, and no NaN", () => {
    const run = history(1000, { loss: (step) => (step > 500 ? Number.NaN : step) });
    for (const length of [100, 1000]) {
      const rows = rowsOf(run, partsOf(length, timeDomain(length, "run"), 300), { loss: "loss" });
      for (const { step, loss } of rows) expect(loss === null).toBe(step > 512);
      expect(rows.every(({ loss }) => loss === null || Number.isFinite(loss))).toBe(true);
    }
  });
});

it("partsOf covers the steps shown with parts at fixed steps, of 2.5 to 5 pixels unless they are single steps", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 900_000 }),
      fc.constantFrom("run" as const, 100, 3000),
      fc.integer({ min: 100, max: 1900 }),
      (length, span, width) => {
        const x = timeDomain(length, span);
        const parts = partsOf(length, x, width);
        const starts = partStarts(parts);
        const pixels = (parts.size * width) / (x.hi - x.lo);
        expect(pixels).toBeGreaterThanOrEqual(2.5 - 1e-9);
        if (parts.size > 1) expect(pixels).toBeLessThan(5 + 1e-9);
        expect(parts.to).toBe(length);
        expect(starts[0]).toBeLessThanOrEqual(Math.max(1, x.lo));
        expect(starts.every((start) => (start - 1) % parts.size === 0)).toBe(true);
      },
    ),
  );
});

it("partsOf raises the crowding from 0 at 2.5 pixels a step to 1 at half of that", () => {
  const crowding = [120, 128, 160, 200, 256, 4000].map((hi) => partsOf(4000, { lo: 0, hi }, 320).crowding);
  expect(crowding[0]).toBe(0);
  expect(crowding[1]).toBe(0);
  expect(crowding[2]).toBeCloseTo(Math.log2(160 / 128));
  expect(crowding[3]).toBeGreaterThan(crowding[2] as number);
  expect(crowding.slice(4)).toEqual([1, 1]);
});

it("partEnds is the last step of each part, the shorter last part included", () => {
  expect(partEnds(partsOf(10, { lo: 0, hi: 1000 }, 500))).toEqual([8, 10]);
  expect(partEnds(partsOf(16, { lo: 0, hi: 1000 }, 500))).toEqual([8, 16]);
  expect(partEnds(partsOf(3, { lo: 0, hi: 100 }, 500))).toEqual([1, 2, 3]);
  expect(partEnds(partsOf(0, { lo: 0, hi: 1000 }, 500))).toEqual([]);
});

it("rowsOf keeps a spike at the first step of a zoomed axis", () => {
  const run = history(5000, { loss: (step) => (step === 1003 ? 99 : 1) });
  const rows = rowsOf(run, partsOf(5000, { lo: 1002.5, hi: 3003 }, 300), { loss: "loss" });
  expect(Math.max(...rows.map(({ loss }) => loss ?? 0))).toBe(99);
});

it("verdictsOf counts each verdict in its part, the shorter last part included", () => {
  const run = history(1009, { verdict: (step) => (step === 1009 ? 2 : step === 3 ? 1 : 0), alphaStar: () => 0.5 });
  const parts = partsOf(1009, timeDomain(1009, "run"), 300);
  const counts = verdictsOf(run, parts);
  expect(counts.filter((part) => part.counts.concave > 0).map(({ to }) => to)).toEqual([1009]);
  expect(counts.filter((part) => part.counts.behind > 0)).toHaveLength(1);
  expect(counts.reduce((sum, part) => sum + part.counts.minimum, 0)).toBe(1007);
  // The last part has no minimum: no α* is drawn there.
  expect(bucketsOf(run, parts, "alphaStar").at(-1)?.to).toBeLessThan(1009);
});
