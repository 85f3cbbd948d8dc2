import fc from "fast-check";
import { expect } from "vitest";
import { type Loss, type Problem, parameterCount } from "../../../src/core/data/problem";
import type { State } from "../../../src/core/recipe/optimisers";
import type { Activation } from "../../../src/core/recipe/recipe";
import { smallDecayAdamStep } from "./adamSteps";

/** Numbers in (−1, 1) from a seed. fast-check's own numbers shrink towards 0, the kink of relu. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

export interface Setup {
  readonly sizes: readonly number[];
  readonly activation: Activation;
  readonly loss: Loss;
  readonly rows: number;
  readonly seed: number;
}

export const setups = fc.record({
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

/** Twelve rows of data, moment estimates as of a later step, and a minibatch of rows in a random order. */
export function build({ sizes, activation, loss, rows: count, seed }: Setup) {
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
    vMax: new Float64Array(0),
  };
  const order = Uint32Array.from({ length: total }, (_, k) => (k * 5 + (seed % total)) % total);
  const batch = { order, start: 2, count };
  const settings = smallDecayAdamStep;
  return { problem, state, batch, rows: [...order.subarray(2, 2 + count)], settings };
}

/** Expects |actual − expected| ≤ 1e-9·scale + 1e-12, where `scale` is the magnitude of the terms of a sum. */
export function expectWithin(actual: number, expected: number, scale: number, what: string): void {
  expect(Math.abs(actual - expected) <= 1e-9 * scale + 1e-12, `${what}: ${actual} for ${expected}`).toBe(true);
}
