import { expect, onTestFinished, test } from "vitest";
import { type Loss, type Problem, parameterCount, tensorsOf } from "../../src/core/data/problem";
import { gradientDescent, optimisers } from "../../src/core/recipe/optimisers";
import type { Activation, Rule } from "../../src/core/recipe/recipe";
import { createCpuEngine } from "../../src/engine/cpu/engine";
import type { Batch, Measurements, StepSettings } from "../../src/engine/engine";
import { createWebglEngine } from "../../src/engine/webgl/engine";
import { earlyAdamStep } from "../unit/support/adamSteps";
import { makeMeasurements } from "../unit/support/measurements";
import { device } from "./device";

const rows = 23;
const steps = 24;

/** 23 rows of a fixed pattern. */
function problemOf(sizes: readonly number[], activation: Activation, loss: Loss): Problem {
  const [inputs, outputs] = [sizes[0] as number, sizes.at(-1) as number];
  const x = Float32Array.from({ length: rows * inputs }, (_, i) => Math.sin(i * i));
  const y = Float32Array.from({ length: rows * outputs }, (_, i) =>
    loss === "mse" ? Math.cos(i * i) : Number(i % outputs === Math.floor(i / outputs) % outputs),
  );
  return { sizes, activation, loss, rows, x, y };
}

const stateOf = (problem: Problem) =>
  optimisers.adam.init(Float64Array.from({ length: parameterCount(problem.sizes) }, (_, i) => 0.4 * Math.sin(7 * i)));

/** A new array at each call; `factor` is below 23, which is prime. */
const permutation = (factor: number) => Uint32Array.from({ length: rows }, (_, k) => (k * factor + 5) % rows);

/** Epochs of four minibatches of 7, 7, 7 and 2 rows, each epoch in another order; every third epoch in order. */
const batches = (() => {
  const list: Batch[] = [];
  for (let epoch = 0; list.length <= steps; epoch++) {
    const order = epoch % 3 ? permutation(2 + epoch) : Uint32Array.from({ length: rows }, (_, k) => k);
    for (let start = 0; start < rows; start += 7) list.push({ order, start, count: Math.min(7, rows - start) });
  }
  return list;
})();

const makeInto = (problem: Problem) =>
  makeMeasurements(steps, tensorsOf(problem.sizes).length, parameterCount(problem.sizes));

/** Takes all steps on a webgl engine, judged by `nextOf`. */
async function run(problem: Problem, nextOf: (step: number) => Batch | null, settings: StepSettings) {
  const engine = createWebglEngine(await device(), problem, stateOf(problem));
  onTestFinished(() => engine.dispose());
  const into = makeInto(problem);
  for (let k = 0; k < steps; k++) engine.step(batches[k] as Batch, nextOf(k), settings, into, k);
  await engine.collect();
  return { into, state: await engine.save() };
}

const judged = (k: number) => batches[k + 1] as Batch;

/** All measurements without those of the next minibatch. */
const ofTheStep = ({ nextSlope, nextCurvature, nextCurvatureTerms, ...rest }: Measurements) => rest;

const networks = [
  [[4, 3], "relu", "mse"],
  [[5, 6, 1], "relu", "mse"],
  [[3, 7, 5, 4], "tanh", "cross-entropy"],
] as const;

test.each(networks)(
  "the webgl engine takes the same steps, bit for bit, with and without a judgement by the next minibatch: %j %s %s",
  async (sizes, activation, loss) => {
    const problem = problemOf(sizes, activation, loss);
    for (const rule of ["lr", "alphaStar", "alphaStarGN"] satisfies Rule[]) {
      const settings: StepSettings = { ...earlyAdamStep, rule, sigma: 0.3 };
      const alone = await run(problem, () => null, settings);
      const together = await run(problem, judged, settings);
      expect(together.state).toEqual(alone.state);
      expect(ofTheStep(together.into)).toEqual(ofTheStep(alone.into));
      expect(together.into.nextCurvature.every(Number.isFinite)).toBe(true);
    }
  },
);

test.each(networks)(
  "the webgl engine measures the minibatch itself as the next one with the same slope and curvature: %j %s %s",
  async (sizes, activation, loss) => {
    const { into } = await run(problemOf(sizes, activation, loss), (k) => batches[k] as Batch, earlyAdamStep);
    const { nextSlope, nextCurvature, nextCurvatureTerms } = into;
    expect([nextSlope, nextCurvature, nextCurvatureTerms]).toEqual([into.slope, into.curvature, into.curvatureTerms]);
  },
);

test.each(networks)(
  "a next minibatch without a finite loss changes no bit of a step of the webgl engine: %j %s %s",
  async (sizes, activation, loss) => {
    const problem = problemOf(sizes, activation, loss);
    const order = batches[0]?.order as Uint32Array;
    const broken = { order, start: 20, count: 3 };
    for (let row = 20; row < rows; row++)
      problem.x.fill(Number.POSITIVE_INFINITY, row * sizes[0], (row + 1) * sizes[0]);
    const take = async (next: Batch | null) => {
      const engine = createWebglEngine(await device(), problem, stateOf(problem));
      onTestFinished(() => engine.dispose());
      const into = makeInto(problem);
      for (let k = 0; k < 3; k++) engine.step({ order, start: 5 * k, count: 5 }, next, earlyAdamStep, into, k);
      await engine.collect();
      return { into, state: await engine.save() };
    };
    const alone = await take(null);
    const together = await take(broken);
    expect(Number.isNaN(together.into.nextSlope[0])).toBe(true);
    expect(together.state).toEqual(alone.state);
    expect(ofTheStep(together.into)).toEqual(ofTheStep(alone.into));
  },
);

test("the webgl engine reads the minibatch, the next and the last one in three orders, and agrees with the cpu engine", async () => {
  const problem = problemOf([5, 6, 2], "tanh", "mse");
  const settings: StepSettings = { update: gradientDescent, lr: 0.01, rule: "lr", sigma: 1 };
  const orders = [2, 3, 4, 6, 7, 8].map(permutation);
  const [cpu, webgl] = [
    createCpuEngine(problem, stateOf(problem)),
    createWebglEngine(await device(), problem, stateOf(problem)),
  ];
  onTestFinished(() => webgl.dispose());
  const [want, got] = [makeInto(problem), makeInto(problem)];
  for (let k = 0; k < steps; k++) {
    const batch = { order: orders[k % 6] as Uint32Array, start: k % 11, count: 1 + (k % 9) };
    const next = { order: orders[(k * k + 2) % 6] as Uint32Array, start: k % 7, count: 1 + (k % 13) };
    cpu.step(batch, next, settings, want, k);
    webgl.step(batch, next, settings, got, k);
  }
  await webgl.collect();
  for (const name of ["loss", "lossAfter", "nextSlope", "nextCurvature"] as const) {
    const largest = Math.max(...want[name].map(Math.abs));
    for (const [k, value] of want[name].entries())
      expect(Math.abs((got[name][k] as number) - value), `${name} of step ${k + 1}`).toBeLessThan(1e-4 * largest);
  }
});
