import { expect, it } from "vitest";
import { thresholdAt, thresholdsOver } from "../../../../src/core/history/threshold";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Edit, Recipe } from "../../../../src/core/recipe/recipe";

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

it("thresholdsOver has one piece for each piece of a schedule", () => {
  const edits = Array.from({ length: 100 }, (_, k) => ({ step: 2 + 10 * k, lr: 0.05 * 0.97 ** k }));
  const found = thresholdsOver({ ...run, edits }, 1, 2000);
  expect(found).toHaveLength(100);
  expect(found.map(({ threshold }) => threshold)).toEqual(
    found.map(({ step }) => thresholdAt({ ...run, edits }, step)),
  );
});

it("thresholdsOver samples the threshold of NAdam, which changes without edits", () => {
  const nadam = { ...run, optimiser: "nadam" } as const;
  const found = thresholdsOver(nadam, 1, 20_000);
  expect(found).toHaveLength(100);
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
