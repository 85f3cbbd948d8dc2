import fc from "fast-check";
import { expect, it } from "vitest";
import { beyondBreakEven, ratioBin, ratioBins, ratioEdge } from "../../../../src/core/history/stepRatio";
import { history } from "../../support/history";

it("ratioBin gives the bin whose edges enclose the ratio, with edges at 1 and 2", () => {
  expect([ratioEdge(ratioBin(1)), ratioEdge(beyondBreakEven)]).toEqual([1, 2]);
  const ratios = fc.double({ min: 1e-7, max: 4000, noNaN: true });
  fc.assert(
    fc.property(ratios, (ratio) => {
      const bin = ratioBin(ratio);
      expect(ratio).toBeGreaterThanOrEqual(ratioEdge(bin) * (1 - 1e-12));
      expect(ratio).toBeLessThanOrEqual(ratioEdge(bin + 1) * (1 + 1e-12));
    }),
  );
  expect([ratioBin(0), ratioBin(1e-300), ratioBin(1e300), ratioBin(Infinity)]).toEqual([
    0,
    0,
    ratioBins - 1,
    ratioBins - 1,
  ]);
});

it("nextRatioCounts bins lr/α* of the next minibatch over the judged steps, and minMax has its positive α* only", () => {
  const run = history(100, {
    nextVerdict: (step) => (step > 90 ? Number.NaN : step > 80 ? 1 : 0),
    nextAlphaStar: (step) => (step > 80 ? -1 : step <= 30 ? 0.001 : 0.0001),
    lr: () => 0.0015,
  });
  const { bins, without } = run.nextRatioCounts(1, 100);
  expect([bins[ratioBin(1.5)], bins[ratioBin(15)], without]).toEqual([30, 50, 10]);
  expect(run.minMax("nextAlphaStar", 1, 100, 1)).toMatchObject([{ min: 0.0001, max: 0.001 }]);
  const copy = run.copy();
  run.truncate(40);
  expect(run.nextRatioCounts(31, 100).bins[ratioBin(15)]).toBe(10);
  expect(run.minMax("nextAlphaStar", 81, 100, 1)).toEqual([]);
  expect(copy.nextRatioCounts(1, 100)).toEqual({ bins, without });
});

it("ratioCounts bins lr/α* of the steps with the verdict minimum and counts the other steps separately", () => {
  const run = history(100, {
    verdict: (step) => (step > 90 ? 2 : 0),
    alphaStar: (step) => (step > 90 ? -1 : step <= 30 ? 0.001 : 0.0001),
    lr: () => 0.0015,
  });
  const { bins, without } = run.ratioCounts(1, 100);
  expect([bins[ratioBin(1.5)], bins[ratioBin(15)], without]).toEqual([30, 60, 10]);
  expect(bins.reduce((sum, count) => sum + count)).toBe(90);
  run.truncate(40);
  expect(run.ratioCounts(31, 100).bins[ratioBin(15)]).toBe(10);
});
