import { expect, test } from "vitest";
import { type Problem, tensorsOf } from "../../../../src/core/data/problem";
import { verdictOf } from "../../../../src/core/history/alpha";
import type { State } from "../../../../src/core/recipe/optimisers";
import { createCpuDirectionalLoss } from "../../../../src/engine/cpu/directionalLoss";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import type { DirectionalDerivatives } from "../../../../src/engine/directionalLoss";
import type { Batch, Measurements, StepSettings } from "../../../../src/engine/engine";
import { decodeCase } from "../../../reference/decode";
import { firstAdamStep } from "../../support/adamSteps";
import { makeMeasurements } from "../../support/measurements";
import { readCase } from "../../support/reference";

const { problem, state, steps } = decodeCase(readCase("notebook"));
const tensors = tensorsOf(problem.sizes).length;
const P = state.theta.length;
const adam = firstAdamStep;

/** Takes one step and returns its measurements. */
function takeOne(problemHere: Problem, from: State, batch: Batch, settings: StepSettings, options = {}) {
  const engine = createCpuEngine(problemHere, from, options);
  const into = makeMeasurements(1, tensorsOf(problemHere.sizes).length, from.theta.length);
  engine.step(batch, null, settings, into, 0);
  const [loss, slope, curvature] = [into.loss[0]!, into.slope[0]!, into.curvature[0]!];
  const verdict = verdictOf(loss, slope, curvature, into.curvatureTerms[0]!, engine.rounding);
  return { engine, into, loss, slope, curvature, verdict };
}

test("createCpuEngine repeats the same bits after save and restore", async () => {
  const [a, b] = [makeMeasurements(60, tensors, P), makeMeasurements(60, tensors, P)];
  const engine = createCpuEngine(problem, state);
  const take = (from: number, to: number, into: typeof a) => {
    for (let k = from; k < to; k++) engine.step(steps[k]!.batch, null, steps[k]!.settings, into, k);
  };
  take(0, 30, a);
  const saved = await engine.save();
  take(30, 60, a);
  const end = await engine.save();
  engine.restore(saved);
  take(30, 60, b);
  expect(await engine.save()).toEqual(end);
  expect(b.curvature.slice(30)).toEqual(a.curvature.slice(30));
  expect(b.lossAfter.slice(30)).toEqual(a.lossAfter.slice(30));
});

test("createCpuEngine copies the initial state and every saved state", async () => {
  const before = state.theta.slice();
  const { engine, into } = takeOne(problem, state, steps[0]!.batch, adam);
  expect(state.theta).toEqual(before);
  const saved = await engine.save();
  const copy = saved.theta.slice();
  engine.step(steps[1]!.batch, null, adam, into, 0);
  expect(saved.theta).toEqual(copy);
});

test("createCpuEngine measures a small batch after a large batch as it measures the small batch alone", async () => {
  const order = steps[0]!.batch.order;
  const [large, small] = [
    { order, start: 0, count: 300 },
    { order, start: 300, count: 7 },
  ];
  const { engine, into } = takeOne(problem, state, large, adam);
  const between = await engine.save();
  engine.step(small, null, adam, into, 0);
  const alone = takeOne(problem, between, small, adam);
  expect(into).toEqual(alone.into);
});

test("createCpuEngine gives NaN and the verdict diverged when ε = 0 and a parameter has no gradient", () => {
  const dead = state.theta.slice();
  dead.fill(-100, 50, 55); // biases of fc1: no hidden unit is active
  const { slope, curvature, verdict, into } = takeOne(problem, { ...state, theta: dead }, steps[0]!.batch, {
    ...adam,
    update: { ...adam.update, floor: 0 },
  });
  expect(into.gradSquares[0]).toBe(0);
  expect([slope, curvature]).toEqual([Number.NaN, Number.NaN]);
  expect(verdict).toBe("diverged");
  expect(into.lossAfter[0]).toBeNaN();
});

test("createCpuDirectionalLoss gives NaN, as PyTorch does, when d has a NaN at a weight of a dead unit", async () => {
  const rows = steps[0]!.batch;
  const loss = createCpuDirectionalLoss(problem);
  const dead = state.theta.slice();
  dead.fill(-100, 50, 55);
  const d = new Float64Array(P).fill(1);
  expect((await loss.derivatives(dead, [d], rows))[0]?.slope).not.toBeNaN();
  d[0] = Number.NaN; // a weight into a dead unit; the weights out of it are finite
  const [{ slope, curvature }] = (await loss.derivatives(dead, [d], rows)) as [DirectionalDerivatives];
  expect([slope, curvature]).toEqual([Number.NaN, Number.NaN]);
  expect(await loss.values(dead, d, rows, Float64Array.of(1))).toEqual(Float64Array.of(Number.NaN));
});

test("createCpuDirectionalLoss gives a curvature that counts as flat when the loss is linear along d", async () => {
  // Softmax does not change when all its inputs change by the same amount: this d has no curvature.
  const y = Float32Array.of(1, 0, 0, 0, 1, 0);
  const x = Float32Array.of(1, 2, 3, 4);
  const softmax: Problem = { sizes: [2, 3], activation: "relu", loss: "cross-entropy", rows: 2, x, y };
  const theta = Float64Array.of(0.3, -0.2, 0.5, 0.7, 0.1, -0.4, 0, 0, 0);
  const d = Float64Array.of(0.1, 0.1, 0.1, 0.7, 0.7, 0.7, 1 / 3, 1 / 3, 1 / 3);
  const rows = { order: Uint32Array.of(0, 1), start: 0, count: 2 };
  const [found] = await createCpuDirectionalLoss(softmax).derivatives(theta, [d], rows);
  const { loss, slope, curvature, curvatureTerms } = found as DirectionalDerivatives;
  expect(verdictOf(loss, slope, curvature, curvatureTerms, 2 ** -40)).toBe("flat");
});

test("createCpuDirectionalLoss gives a tiny curvature that does not count as flat when softmax is nearly 1", async () => {
  const y = Float32Array.of(1, 0);
  const softmax: Problem = {
    sizes: [1, 2],
    activation: "relu",
    loss: "cross-entropy",
    rows: 1,
    x: Float32Array.of(1),
    y,
  };
  const theta = Float64Array.of(30, -10, 0, 0);
  const d = Float64Array.of(1, -1, 0, 0);
  const [along] = (await createCpuDirectionalLoss(softmax).derivatives(theta, [d], {
    order: Uint32Array.of(0),
    start: 0,
    count: 1,
  })) as [DirectionalDerivatives];
  const p = 1 / (1 + Math.exp(40));
  expect(along.curvature / (4 * p * (1 - p))).toBeCloseTo(1, 9);
  expect(verdictOf(along.loss, along.slope, along.curvature, along.curvatureTerms, 2 ** -40)).toBe("minimum");
});

const fromTangents: (keyof Measurements)[] = [
  "slope",
  "curvature",
  "curvatureTerms",
  "gaussNewton",
  "rowGradSquares",
  "residualSquares",
  "nextSlope",
  "nextCurvature",
  "nextCurvatureTerms",
];

test("createCpuEngine without the tangent sweep measures all other columns and takes steps of lr", () => {
  const { batch } = steps[0]!;
  const whole = takeOne(problem, state, batch, adam).into;
  const { into } = takeOne(problem, state, batch, { ...adam, rule: "alphaStar" }, { tangent: false });
  for (const name of fromTangents) expect(into[name][0], name).toBeNaN();
  expect(into.stepTaken[0]).toBe(1e-3);
  expect(into.lossAfter[0]).toBeCloseTo(whole.lossAfter[0]!, 14);
  const others = (measured: Measurements) =>
    Object.entries(measured).filter(([name]) => name !== "lossAfter" && !(fromTangents as string[]).includes(name));
  expect(others(into)).toEqual(others(whole));
});

test("createCpuDirectionalLoss gives the mean over all rows when the rows fill more than one chunk", async () => {
  const d = Float64Array.from(state.theta, (_, k) => Math.sin(k));
  const order = Uint32Array.from({ length: 1000 }, (_, row) => (row * 7) % 1000);
  const loss = createCpuDirectionalLoss(problem);
  const [whole] = (await loss.derivatives(state.theta, [d], { order, start: 0, count: 1000 })) as [
    DirectionalDerivatives,
  ];
  const parts = await Promise.all(
    Array.from({ length: 10 }, (_, k) => loss.derivatives(state.theta, [d], { order, start: 100 * k, count: 100 })),
  );
  for (const key of ["loss", "slope", "curvature", "curvatureTerms"] as const) {
    const mean = parts.reduce((sum, part) => sum + part[0]![key] / 10, 0);
    expect(Math.abs(whole[key] / mean - 1), key).toBeLessThan(1e-12);
  }
});
