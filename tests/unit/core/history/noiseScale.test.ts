import { expect, test } from "vitest";
import { normal } from "../../../../src/core/data/random";
import type { History } from "../../../../src/core/history/history";
import { noiseScales } from "../../../../src/core/history/noiseScale";
import { history } from "../../support/history";

/** The scale at one step. */
const at = (run: History, rows: number, step: number) => noiseScales(run, rows, step, step, 1)[0]?.rows;

test("noiseScales gives tr Σ/‖G‖² when every step has the same variance and norm", () => {
  // ‖G‖² = 9 − 100·(1/25 − 1/100) = 6
  const run = history(40, { gradVariance: () => 100, gradNorm: () => 3, batch: () => 25 });
  expect(at(run, 100, 1)).toBeCloseTo(100 / 6, 12);
  expect(at(run, 100, 40)).toBeCloseTo(100 / 6, 12);
});

test("noiseScales gives the ratio of two exponential means with the stated window, also over changed batch sizes", () => {
  const formulas = {
    gradVariance: (step: number) => 5 + Math.sin(step),
    gradNorm: (step: number) => 2 + Math.cos(3 * step),
    batch: (step: number) => (step < 150 ? 8 : 32),
  };
  const run = history(400, formulas);
  const mean = (value: (step: number) => number, to: number) => {
    let sum = 0;
    for (let step = 1; step <= to; step++) sum += (1 - 1 / 100) ** (to - step) * value(step);
    return sum;
  };
  const square = (step: number) =>
    formulas.gradNorm(step) ** 2 - formulas.gradVariance(step) * (1 / formulas.batch(step) - 1 / 64);
  for (const step of [1, 2, 149, 150, 400]) {
    expect(at(run, 64, step)).toBeCloseTo(mean(formulas.gradVariance, step) / mean(square, step), 9);
  }
});

test("noiseScales finds the scale of gradients with a known mean and variance", () => {
  // Gradients of 50 parameters: G = (1, 0, …), and 4 as the variance of each parameter over the rows: tr Σ/‖G‖² = 200.
  const [draw, parameters, batch] = [normal(3), 50, 20];
  const steps = Array.from({ length: 3000 }, () => {
    const rows = Array.from({ length: batch }, () =>
      Array.from({ length: parameters }, (_, k) => (k === 0 ? 1 : 0) + 2 * draw()),
    );
    const mean = rows[0]!.map((_, k) => rows.reduce((sum, row) => sum + row[k]!, 0) / batch);
    const square = (vector: readonly number[]) => vector.reduce((sum, value) => sum + value * value, 0);
    const total = rows.reduce((sum, row) => sum + square(row), 0);
    return { gradNorm: Math.sqrt(square(mean)), gradVariance: (total - batch * square(mean)) / (batch - 1) };
  });
  const run = history(steps.length, {
    gradVariance: (step) => steps[step - 1]!.gradVariance,
    gradNorm: (step) => steps[step - 1]!.gradNorm,
    batch: () => batch,
  });
  const scales = noiseScales(run, 1e9, 1000, 3000, 40).map(({ rows }) => rows!);
  const middle = scales.sort((a, b) => a - b)[20]!;
  expect(middle).toBeGreaterThan(160);
  expect(middle).toBeLessThan(250);
});

test("noiseScales gives null when the mean square of the gradient is not above its noise", () => {
  const run = history(30, { gradVariance: () => 100, gradNorm: () => 1, batch: () => 10 });
  expect(noiseScales(run, 1000, 1, 30, 3)).toEqual([
    { step: 10, rows: null },
    { step: 20, rows: null },
    { step: 30, rows: null },
  ]);
});

test("noiseScales leaves out the steps without a variance", () => {
  const run = history(60, {
    gradVariance: (step) => (step % 3 === 0 ? Number.NaN : 100),
    gradNorm: (step) => (step % 3 === 0 ? 1e9 : 3),
    batch: () => 25,
  });
  expect(at(run, 100, 60)).toBeCloseTo(100 / 6, 12);
  expect(at(history(5, { gradVariance: () => Number.NaN, batch: () => 1 }), 100, 5)).toBeNull();
});

test("noiseScales gives at most the number of points asked for, with the last step, and the same scale from any first step", () => {
  const run = history(5000, { gradVariance: (step) => step, gradNorm: (step) => step ** 0.4 + 9, batch: () => 10 });
  const all = noiseScales(run, 1000, 1, 5000, 7);
  expect(all.map(({ step }) => step)).toEqual([714, 1428, 2142, 2857, 3571, 4285, 5000]);
  expect(noiseScales(run, 1000, 4990, 9000, 300).map(({ step }) => step)).toEqual(
    Array.from({ length: 11 }, (_, i) => 4990 + i),
  );
  expect(at(run, 1000, 5000)! / all.at(-1)!.rows!).toBeCloseTo(1, 3);
  expect(noiseScales(run, 1000, 20, 10, 5)).toEqual([]);
  expect(noiseScales(history(0, {}), 1000, 1, 10, 5)).toEqual([]);
});
