import { expect, it } from "vitest";
import {
  edgeRate,
  type ThresholdPoint,
  thresholdAt,
  thresholdOf,
  thresholdsOver,
} from "../../../../src/core/history/threshold";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { optimiserNames } from "../../../../src/core/recipe/optimisers";
import type { Edit, Recipe } from "../../../../src/core/recipe/recipe";
import type { Schedule } from "../../../../src/core/schedule/schedule";

const run: Recipe = { ...defaultRecipe, lr: 0.05 };
const pieces = (edits: readonly Edit[], from = 1, to = 100) =>
  thresholdsOver({ ...run, edits }, from, to).map(({ step, threshold }) => [
    step,
    threshold && Number(threshold.toPrecision(9)),
  ]);

it("thresholdsOver changes only at edits that change the threshold", () => {
  expect(
    pieces([
      { step: 31, lr: 0.025 },
      { step: 35, batchSize: 8 },
    ]),
  ).toEqual([
    [1, 760],
    [31, 1520],
  ]);
});

it("thresholdsOver includes two changes between samples, a change before the range and one at its last step", () => {
  const edits = [
    { step: 25, lr: 0.025 },
    { step: 35, lr: 0.05 },
    { step: 100, beta1: 0 },
    { step: 101, lr: 1 },
  ];
  expect(pieces(edits)).toEqual([
    [1, 760],
    [25, 1520],
    [35, 760],
    [100, 40],
  ]);
  expect(pieces(edits, 30, 33)).toEqual([[30, 1520]]);
  expect(pieces(edits, 100, 100)).toEqual([[100, 40]]);
});

it("thresholdsOver is null while the step rule is σ·α*, also after a change of lr", () => {
  expect(
    pieces([
      { step: 20, rule: "alphaStar" },
      { step: 30, lr: 0.1 },
      { step: 40, rule: "lr" },
    ]),
  ).toEqual([
    [1, 760],
    [20, null],
    [40, 380],
  ]);
});

it("thresholdsOver has one point for each of a hundred edits", () => {
  const edits = Array.from({ length: 100 }, (_, k) => ({ step: 2 + 10 * k, lr: 0.05 * 0.97 ** k }));
  const found = thresholdsOver({ ...run, edits }, 1, 2000);
  expect(found).toHaveLength(100);
  expect(found.map(({ threshold }) => threshold)).toEqual(
    found.map(({ step }) => thresholdAt({ ...run, edits }, step)),
  );
});

/** The line through points, as the chart draws it: constant before a jump, straight on a logarithmic axis between other points. */
function drawnAt(points: readonly ThresholdPoint[], step: number): number {
  const k = points.findLastIndex((point) => point.step <= step);
  const [a, b] = [points[k]!, points[k + 1]];
  if (!b || b.jumps) return a.threshold!;
  return a.threshold! * (b.threshold! / a.threshold!) ** ((step - a.step) / (b.step - a.step));
}

const { round } = Math;

it.each([
  ["a warm-up with a cosine", { shape: "warmUpCosine", low: 0.01, lr: 0.05, end: 0.01, warmUp: 300, length: 1500 }],
  [
    "warm-up, stable, decay",
    { shape: "wsd", low: 0.01, lr: 0.05, warmUp: 333, end: 0.01, decay: 555, power: 1, length: 1500 },
  ],
  ["one cycle", { shape: "oneCycle", low: 0.01, lr: 0.05, end: 0.01, warmUp: 433, length: 1500 }],
  ["cycles", { shape: "cyclic", low: 0.03, lr: 0.05, up: 87, down: 33, factor: 0.8, length: 1500 }],
  ["levels", { shape: "steps", lr: 0.05, factor: 0.5, every: 333, length: 1500 }],
  ["corners", { shape: "drawn", length: 1500, corners: [0.01, 0.05, 0.02].map((value, i) => ({ at: i / 2, value })) }],
] as const)("thresholdsOver follows a schedule: %s", (_, shape) => {
  const edits = [
    { step: 200, schedule: { key: "lr", ...shape } as Schedule },
    { step: 1000, beta1: 0.5 },
    { step: 1650, lr: 0.04 },
  ];
  const points = thresholdsOver({ ...run, edits }, 1, 2000);
  for (let step = 1; step <= 2000; step++) {
    const exact = thresholdAt({ ...run, edits }, step)!;
    expect(round((100 * drawnAt(points, step)) / exact), `step ${step}`).toBeGreaterThanOrEqual(96);
    expect(round((100 * drawnAt(points, step)) / exact), `step ${step}`).toBeLessThanOrEqual(104);
  }
  // Jumps and ends are exact.
  for (const step of [1, 199, 200, 999, 1000, 1649, 1650, 2000])
    expect(drawnAt(points, step)).toBeCloseTo(thresholdAt({ ...run, edits }, step)!, 9);
});

it("thresholdAt is infinite where a schedule has the learning rate 0", () => {
  const edits = [{ step: 1, schedule: { key: "lr", shape: "cosine", lr: 0.1, end: 0, length: 10 } as const }];
  expect(thresholdAt({ ...run, edits }, 10)).toBeGreaterThan(0);
  expect(thresholdAt({ ...run, edits }, 11)).toBe(Number.POSITIVE_INFINITY);
});

it("thresholdsOver samples the threshold of NAdam, which changes without edits", () => {
  const nadam = { ...run, optimiser: "nadam" } as const;
  const found = thresholdsOver(nadam, 1, 20_000);
  expect(found).toHaveLength(101);
  for (const { step, threshold } of found) expect(threshold).toBe(thresholdAt(nadam, step));
  const between = found.slice(1).map(({ threshold }, k) => threshold! / found[k]!.threshold!);
  expect(Math.max(...between.map((factor) => Math.abs(factor - 1)))).toBeLessThan(0.05);
});

it("thresholdsOver takes less than a second for thousands of edits", () => {
  const edits = Array.from({ length: 5000 }, (_, k) => ({ step: 2 + k, lr: 0.05 + 0.01 * (k % 2) }));
  const began = performance.now();
  expect(thresholdsOver({ ...run, edits }, 1, 6000)).toHaveLength(5000);
  expect(performance.now() - began).toBeLessThan(100);
});

it("thresholdAt equals the largest eigenvalue for which AdamW’s iterates on a quadratic loss do not oscillate with growing amplitude", () => {
  for (const weightDecay of [0.01, 3.9, 4.05, 4.5]) {
    const recipe: Recipe = { ...defaultRecipe, optimiser: "adamw", lr: 0.5, weightDecay };
    const threshold = thresholdAt(recipe, 1) as number;
    // With m of the step before, θ′ = (a + β − k)θ − βaθ₋₁; p(−1) of its characteristic polynomial changes sign at the edge.
    const [a, beta] = [1 - recipe.lr * weightDecay, recipe.beta1];
    const atMinusOne = (h: number) => 1 + (a + beta - recipe.lr * (1 - beta) * h) + beta * a;
    expect(Math.abs(atMinusOne(threshold))).toBeLessThan(1e-9);
    expect(atMinusOne(threshold + 1e-3)).toBeLessThan(0);
  }
  const grown: Recipe = { ...defaultRecipe, optimiser: "adamw", lr: 0.5, weightDecay: 4.5 };
  expect(thresholdAt(grown, 1)).toBeCloseTo(-9.5, 9);
});

const withThreshold = optimiserNames.filter((optimiser) => thresholdOf(optimiser, defaultRecipe, 20) !== null);

it.each(withThreshold)("edgeRate is the learning rate whose threshold is the given eigenvalue: %s", (optimiser) => {
  const settings = { ...defaultRecipe, weightDecay: 0.1 };
  const largest = thresholdOf(optimiser, { ...settings, lr: 0.037 }, 20) ?? Number.NaN;
  expect(edgeRate(optimiser, { ...settings, rule: "alphaStar" }, 20, largest)).toBeCloseTo(0.037, 10);
  expect(edgeRate(optimiser, settings, 20, -1e9)).toBeNull();
});

it("edgeRate is null for Lion, for which no threshold is known", () => {
  expect(edgeRate("lion", defaultRecipe, 20, 5)).toBeNull();
});
