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

it("moves at the edit that moves it, and at no other", () => {
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

it("moves there and back between two points, before the window, and at its last step", () => {
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

it("is none while steps are by α*, of whatever lr", () => {
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

it("has a piece for each of a schedule's", () => {
  const edits = Array.from({ length: 100 }, (_, k) => ({ step: 2 + 10 * k, lr: 0.05 * 0.97 ** k }));
  const found = thresholdsOver({ ...run, edits }, 1, 2000);
  expect(found).toHaveLength(100);
  expect(found.map(({ threshold }) => threshold)).toEqual(
    found.map(({ step }) => thresholdAt({ ...run, edits }, step)),
  );
});

it("follows one that moves by itself", () => {
  const nadam = { ...run, optimiser: "nadam" } as const;
  const found = thresholdsOver(nadam, 1, 20_000);
  expect(found).toHaveLength(100);
  for (const { step, threshold } of found) expect(threshold).toBe(thresholdAt(nadam, step));
  const between = found.slice(1).map(({ threshold }, k) => threshold! / found[k]!.threshold!);
  expect(Math.max(...between.map((factor) => Math.abs(factor - 1)))).toBeLessThan(0.05);
});

it("takes thousands of edits in a moment", () => {
  const edits = Array.from({ length: 5000 }, (_, k) => ({ step: 2 + k, lr: 0.05 + 0.01 * (k % 2) }));
  const began = performance.now();
  expect(thresholdsOver({ ...run, edits }, 1, 6000)).toHaveLength(5000);
  expect(performance.now() - began).toBeLessThan(100);
});
