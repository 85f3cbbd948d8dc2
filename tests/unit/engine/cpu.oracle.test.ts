import fc from "fast-check";
import { expect, test } from "vitest";
import { type Loss, type Problem, parameterCount, tensorsOf } from "../../../src/core/problem";
import type { Activation } from "../../../src/core/recipe";
import { createCpuEngine } from "../../../src/engine/cpu";
import { createCpuProbe } from "../../../src/engine/cpu/probe";
import type { State } from "../../../src/engine/engine";
import { denseDerivatives, lossJet } from "./jet";
import { makeMeasurements } from "./measurements";

const tensorSum = (vector: ArrayLike<number>, offset: number, size: number) => {
  return Array.from({ length: size }, (_, k) => vector[offset + k]! ** 2).reduce((a, b) => a + b, 0);
};

/** Numbers in (−1, 1) from a seed: generic ones, where shrinking would head for relu's kink. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

interface Setup {
  readonly sizes: readonly number[];
  readonly activation: Activation;
  readonly loss: Loss;
  readonly rows: number;
  readonly seed: number;
}

const setups = fc.record({
  sizes: fc
    .record({
      inputs: fc.integer({ min: 1, max: 5 }),
      hidden: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
      outputs: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ inputs, hidden, outputs }) => [inputs, ...hidden, outputs]),
  activation: fc.constantFrom<Activation>("relu", "tanh", "sigmoid"),
  loss: fc.constantFrom<Loss>("mse", "cross-entropy"),
  rows: fc.integer({ min: 1, max: 9 }),
  seed: fc.integer({ min: 1, max: 2 ** 31 }),
});

/** Twelve rows of data, random Adam moments as in the middle of a run, and a batch of the rows in a random order. */
function build({ sizes, activation, loss, rows: count, seed }: Setup) {
  const next = numbers(seed);
  for (let k = 0; k < 10; k++) next();
  const total = 12;
  const outputs = sizes.at(-1)!;
  const label = Array.from({ length: total }, () => Math.floor(((next() + 1) / 2) * outputs));
  const problem: Problem = {
    sizes,
    activation,
    loss,
    rows: total,
    x: Float32Array.from({ length: total * sizes[0]! }, () => 2 * next()),
    y: Float32Array.from({ length: total * outputs }, (_, k) => {
      return loss === "mse" ? next() : Number(label[Math.floor(k / outputs)] === k % outputs);
    }),
  };
  const P = parameterCount(sizes);
  const state: State = {
    theta: Float64Array.from({ length: P }, next),
    m: Float64Array.from({ length: P }, next),
    v: Float64Array.from({ length: P }, () => 0.1 + next() ** 2),
  };
  const order = Uint32Array.from({ length: total }, (_, k) => (k * 5 + (seed % total)) % total);
  const batch = { order, start: 2, count };
  const settings = { lr: 0.01, beta1: 0.7, beta2: 0.9, eps: 1e-8, c1: 0.6, c2: 0.4, rule: "lr", sigma: 1 } as const;
  return { problem, state, batch, rows: [...order.subarray(2, 2 + count)], settings };
}

/** |actual − expected| within 1e-9 of `scale`, the size of the terms it is summed from. */
function expectWithin(actual: number, expected: number, scale: number, what: string): void {
  expect(Math.abs(actual - expected) <= 1e-9 * scale + 1e-12, `${what}: ${actual} for ${expected}`).toBe(true);
}

test("every measured quantity of a step equals the dense gradient and Hessian, whatever the network", async () => {
  await fc.assert(
    fc.asyncProperty(setups, async (setup) => {
      const { problem, state, batch, rows, settings } = build(setup);
      const { theta, m, v } = state;
      const { gradient: g, hessian } = denseDerivatives(problem, theta, rows);
      const m1 = g.map((gk, k) => 0.7 * m[k]! + 0.3 * gk);
      const v1 = g.map((gk, k) => 0.9 * v[k]! + 0.1 * gk ** 2);
      const d = g.map((_, k) => -(m1[k]! / 0.6) / (Math.sqrt(v1[k]! / 0.4) + 1e-8));
      const slopes = d.map((dk, k) => dk * g[k]!);
      const curvatures = hessian.flatMap((row, i) => row.map((h, j) => d[i]! * h * d[j]!));
      const sum = (terms: number[]) => terms.reduce((a, b) => a + b, 0);
      const size = (terms: number[]) => sum(terms.map(Math.abs));

      const tensors = tensorsOf(problem.sizes);
      const into = makeMeasurements(1, tensors.length, theta.length);
      const engine = createCpuEngine(problem, state);
      engine.step(batch, settings, into, 0);
      await engine.collect();
      expectWithin(into.loss[0]!, lossJet(problem, theta, d, rows)[0], 1, "loss");
      expectWithin(into.slope[0]!, sum(slopes), size(slopes), "slope");
      expectWithin(into.curvature[0]!, sum(curvatures), size(curvatures), "curvature");
      expect(into.curvatureTerms[0]! * (1 + 1e-9)).toBeGreaterThanOrEqual(Math.abs(into.curvature[0]!));
      expect(into.stepTaken[0]).toBe(0.01);
      const moved = theta.map((t, k) => t + 0.01 * d[k]!);
      expectWithin(into.lossAfter[0]!, lossJet(problem, moved, d, rows)[0], 1, "loss after the step");
      tensors.forEach(({ name, offset, size: length }, t) => {
        const [ofG, ofD] = [tensorSum(g, offset, length), tensorSum(d, offset, length)];
        expectWithin(into.gradSquares[t]!, ofG, ofG, `‖g‖² of ${name}`);
        expectWithin(into.directionSquares[t]!, ofD, ofD, `‖d‖² of ${name}`);
      });
      const after = await engine.save();
      d.forEach((dk, k) => {
        expectWithin(into.directions[k]!, dk, 1 + Math.abs(dk), `d[${k}]`);
        expectWithin(after.theta[k]!, moved[k]!, 1, `θ[${k}]`);
        expectWithin(after.m[k]!, m1[k]!, 1, `m[${k}]`);
        expectWithin(after.v[k]!, v1[k]!, 1, `v[${k}]`);
      });

      const along = await createCpuProbe(problem).along(theta, Float64Array.from(d), batch);
      expectWithin(along.slope, sum(slopes), size(slopes), "probe's slope");
      expectWithin(along.curvature, sum(curvatures), size(curvatures), "probe's curvature");
      along.layers.forEach((layer, l) => {
        const start = tensors[2 * l]!.offset;
        const end = tensors[2 * l + 1]!.offset + tensors[2 * l + 1]!.size;
        const only = d.map((dk, k) => (k >= start && k < end ? dk : 0));
        const [, slope, curvature] = lossJet(problem, theta, only, rows);
        expectWithin(layer.slope, slope, size(slopes), `slope of layer ${l + 1}`);
        expectWithin(layer.curvature, curvature, size(curvatures), `curvature of layer ${l + 1}`);
      });
    }),
    { numRuns: 150 },
  );
}, 60_000);
