import { expect, it } from "vitest";
import { thresholdAt } from "../../../../src/core/history/threshold";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Edit, Recipe } from "../../../../src/core/recipe/recipe";
import { edgePicture } from "../../../../src/features/probes/edgePicture";
import { timeDomain } from "../../../../src/kit/chart/domains";
import { maxPoints } from "../../../../src/kit/chart/rows";
import { history } from "../../support/history";

const [minimum, behind] = [0, 1];
const x = timeDomain(50, "run");
const recipe: Recipe = { ...defaultRecipe, lr: 0.05 };
const edited = (...edits: Edit[]): Recipe => ({ ...recipe, edits });
const at = (step: number, largest: number) => ({ step, largest, rows: 200 });
const rounded = (value: number | null) => value && Number(value.toPrecision(9));

it("edgePicture draws λmax, and 1/α* at the same steps when they have a minimum", () => {
  const run = history(50, { alphaStar: (step) => step / 10, verdict: (step) => (step === 20 ? behind : minimum) });
  const { rows, best, y } = edgePicture([at(10, 100), at(20, -3), at(40, 700)], run, recipe, x, null);
  expect(rows).toEqual([
    { step: 10, largest: 100 },
    { step: 20, largest: null },
    { step: 40, largest: 700 },
  ]);
  expect(best.map(({ step, lo, hi }) => [step, lo, hi])).toEqual([
    [10, 1, 1],
    [40, 0.25, 0.25],
  ]);
  expect(y.lo).toBeLessThanOrEqual(0.25);
  expect(y.hi).toBeGreaterThan(760);
});

it("edgePicture draws the threshold over the whole axis, with a change at each edit that changes it", () => {
  const edits: Edit[] = [
    { step: 25, lr: 0.025 },
    { step: 35, lr: 0.05 },
    { step: 37, batchSize: 8 },
    { step: 60, lr: 0.1 },
  ];
  const { thresholds, y } = edgePicture([at(20, 100), at(40, 200)], history(50, {}), edited(...edits), x, null);
  expect(thresholds.map(({ step, threshold }) => [step, rounded(threshold)])).toEqual([
    [1, 760],
    [25, 760],
    [25, 1520],
    [35, 1520],
    [35, 760],
    [60, 760],
    [60, 380],
    [100, 380],
  ]);
  expect(y.hi).toBeGreaterThan(1520);
});

it("edgePicture has a gap in the threshold when the rule is σ·α*, and axes around λmax and 1/α*", () => {
  const run = history(50, { alphaStar: () => 0.1 });
  const some = edgePicture([at(20, 100)], run, edited({ step: 50, rule: "alphaStar" }), x, null);
  expect(some.thresholds.map(({ step, threshold }) => [step, rounded(threshold)])).toEqual([
    [1, 760],
    [50, 760],
    [50, null],
    [100, null],
  ]);
  const none = edgePicture([at(20, 100)], run, { ...recipe, rule: "alphaStar" }, x, null);
  expect(none.thresholds.every(({ threshold }) => threshold === null)).toBe(true);
  expect([none.y.lo, none.y.hi]).toEqual([10, 200]);
});

it("edgePicture draws at most as many corners as a chart draws points, extremes included", () => {
  const edits = Array.from({ length: 5000 }, (_, k) => ({
    step: 2 + k,
    lr: k === 3210 ? 0.5 : 0.05 + 0.001 * (k % 7),
  }));
  const wide = timeDomain(6000, "run");
  const { thresholds } = edgePicture([], history(50, {}), edited(...edits), wide, null);
  expect(thresholds.length).toBeLessThanOrEqual(maxPoints + 2);
  const heights = thresholds.map(({ threshold }) => rounded(threshold) ?? Number.NaN);
  expect(Math.min(...heights)).toBe(76);
  expect(heights[0]).toBe(760);
  expect(thresholds.at(-1)).toMatchObject({ step: wide.hi });
  const steps = thresholds.map(({ step }) => step);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
});

it("edgePicture keeps a gap of the threshold among thousands of edits", () => {
  const edits = Array.from({ length: 5000 }, (_, k): Edit => {
    return { step: 2 + k, lr: 0.05 + 0.001 * (k % 7), rule: k === 3210 ? "alphaStar" : "lr" };
  });
  const { thresholds } = edgePicture([], history(50, {}), edited(...edits), timeDomain(6000, "run"), null);
  expect(thresholds.some(({ threshold }) => threshold === null)).toBe(true);
});

it("edgePicture leaves a very high threshold off the axis when a learning rate is near zero", () => {
  const { y } = edgePicture(
    [at(10, 300)],
    history(50, { alphaStar: () => 0.1 }),
    edited({ step: 90, lr: 1e-8 }),
    x,
    null,
  );
  expect(y.hi).toBeLessThan(1e4);
  const wide = edgePicture(
    [at(10, 300)],
    history(50, { alphaStar: () => 0.1 }),
    { ...edited({ step: 90, lr: 0.5 }), lr: 0.001 },
    x,
    null,
  );
  expect(wide.y.hi).toBeGreaterThan(38_000);
});

it("edgePicture leaves a gap with its reason where weight decay makes the threshold negative", () => {
  const decayed: Recipe = { ...recipe, optimiser: "adamw", lr: 0.5, weightDecay: 4.5, edits: [{ step: 30, lr: 0.05 }] };
  const { thresholds, gap, y } = edgePicture([at(10, 100)], history(50, {}), decayed, x, null);
  expect(thresholds.map(({ threshold }) => threshold === null)).toEqual([true, true, false, false]);
  expect(gap).toBe("sign");
  expect(y.lo).toBeGreaterThan(0);
  expect(edgePicture([], history(50, {}), recipe, x, null).gap).toBeNull();
});

it("edgePicture leaves out future steps after a rewind", () => {
  const run = history(50, {});
  run.rewind(25);
  const { rows } = edgePicture([at(10, 100), at(20, 200), at(40, 300)], run, recipe, x, null);
  expect(rows.map(({ step }) => step)).toEqual([10, 20]);
});

it("edgePicture has axes before the first point, and keeps them while the data fit", () => {
  const run = history(50, {});
  const empty = edgePicture([], run, recipe, x, null);
  expect([empty.rows, empty.best]).toEqual([[], []]);
  expect(empty.y.hi).toBeGreaterThan(760);
  const first = edgePicture([at(10, 100)], run, recipe, x, empty);
  const next = edgePicture([at(10, 100), at(20, 120)], run, recipe, x, first);
  expect(next.y).toEqual(first.y);
});

it("edgePicture draws the threshold of a schedule as a curve, and leaves out the infinite threshold of lr = 0", () => {
  const schedule = { key: "lr", shape: "cosine", lr: 0.1, end: 0, length: 40 } as const;
  const edits: Edit[] = [{ step: 11, schedule }];
  const { thresholds, gap, y } = edgePicture(
    [at(20, 100)],
    history(60, { alphaStar: () => 0.1 }),
    edited(...edits),
    x,
    null,
  );
  expect(gap).toBe(null);
  expect(thresholds.slice(0, 3).map(({ step, threshold }) => [step, rounded(threshold)])).toEqual([
    [1, 760],
    [11, 760],
    [11, 380],
  ]);
  // One row at each step of the curve.
  for (let step = 12; step <= 50; step++) {
    const rows = thresholds.filter((row) => row.step === step);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.threshold).toBe(thresholdAt(edited(...edits), step));
  }
  expect(thresholds.filter(({ step }) => step > 50).every(({ threshold }) => threshold === null)).toBe(true);
  expect(Number.isFinite(y.hi)).toBe(true);
});

it("edgePicture draws the batch sharpness at each step and on its axis when the optimiser is SGD, and else none", () => {
  const run = history(50, { slope: () => -1, curvature: (step) => (step <= 10 ? -1 : 5000) });
  const diverging = history(50, { slope: () => -1, curvature: () => 1e30 });
  const { sharpness, y } = edgePicture([], run, { ...recipe, optimiser: "sgd" }, x, null);
  expect(sharpness).toHaveLength(50);
  expect(sharpness[4]).toEqual({ step: 5, sharpness: null });
  expect(sharpness[49]?.sharpness).toBeCloseTo((40 * 5000 - 10) / 50, 9);
  expect(y.hi).toBeGreaterThan(3999);
  expect(edgePicture([], diverging, { ...recipe, optimiser: "sgd" }, x, null).y.hi).toBeLessThan(1e6);
  expect(edgePicture([], run, recipe, x, null).sharpness).toEqual([]);
});
