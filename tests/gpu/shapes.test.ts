import { onTestFinished, test } from "vitest";
import { type Loss, type Problem, parameterCount } from "../../src/core/data/problem";
import { uniform } from "../../src/core/data/random";
import { defaultRecipe } from "../../src/core/recipe/controls";
import { optimiserNames, optimisers, type State } from "../../src/core/recipe/optimisers";
import type { Activation } from "../../src/core/recipe/recipe";
import { earlyAdamStep } from "../unit/support/adamSteps";
import { Comparison } from "./compare";

const settings = earlyAdamStep;

function problemOf(rows: number, sizes: number[], activation: Activation, loss: Loss): Problem {
  const random = uniform(sizes.length, ...sizes);
  const [inputs, outputs] = [sizes[0] as number, sizes.at(-1) as number];
  const signed = () => Math.fround(3 * random() - 1.5);
  const x = Float32Array.from({ length: rows * inputs }, signed);
  const y = Float32Array.from({ length: rows * outputs }, signed);
  if (loss === "cross-entropy") {
    y.fill(0);
    for (let row = 0; row < rows; row++) y[row * outputs + Math.floor(random() * outputs)] = 1;
  }
  return { sizes, activation, loss, rows, x, y };
}

function stateOf(problem: Problem): State {
  const random = uniform(1, ...problem.sizes);
  const vector = (scale: number, floor: number) =>
    Float64Array.from({ length: parameterCount(problem.sizes) }, () => floor + scale * (2 * random() - 1));
  return { theta: vector(0.6, 0), m: vector(0.01, 0), v: vector(1e-4, 2e-4), vMax: new Float64Array(0) };
}

const inOrder = (rows: number) => Uint32Array.from({ length: rows }, (_, k) => k);
/** A permutation: 23 divides none of the row counts. */
const shuffled = (rows: number) => Uint32Array.from({ length: rows }, (_, k) => (k * 23 + 5) % rows);

const upTo40 = Array.from({ length: 40 }, (_, k) => k + 1);

async function everyBatchSize(sizes: number[], activation: Activation, loss: Loss, counts = upTo40): Promise<void> {
  const rows = 61;
  const orders = [shuffled(rows), inOrder(rows)] as const;
  const problem = problemOf(rows, sizes, activation, loss);
  const state = stateOf(problem);
  const comparison = await Comparison.of(problem, state);
  onTestFinished(() => comparison.dispose());
  for (const count of counts) {
    const batch = { order: orders[count % 2 ? 1 : 0], start: (count * 7) % (rows - count), count };
    // Every combination of orders; some minibatches are larger, some smaller; every fifth step is not judged.
    const nextCount = 1 + ((count * 11) % 37);
    const next = { order: orders[count % 4 < 2 ? 1 : 0], start: (count * 5) % (rows - nextCount), count: nextCount };
    const what = `${sizes.join("-")} ${activation} ${loss}, batch of ${count}:`;
    await comparison.step(
      state,
      batch,
      count % 5 ? next : null,
      { ...settings, rule: (["alphaStar", "lr", "alphaStarGN"] as const)[count % 3] ?? "lr" },
      what,
    );
  }
}

const activations = ["relu", "tanh", "sigmoid"] as const;

for (let width = 1; width <= 9; width++) {
  const activation = activations[width % 3] as Activation;
  test(`the webgl engine agrees with the cpu engine on minibatches of 1 to 40 rows: one hidden layer of width ${width}, squared error`, () =>
    everyBatchSize([10 - width, width, 1 + (width % 4)], activation, "mse"));
  test(`the webgl engine agrees with the cpu engine on minibatches of 1 to 40 rows: two hidden layers, width ${width}, cross-entropy`, () =>
    everyBatchSize([width, 10 - width, width, Math.max(2, width)], activation, "cross-entropy"));
}

test("the webgl engine agrees with the cpu engine without a hidden layer, on each loss", async () => {
  await everyBatchSize([7, 3], "relu", "mse");
  await everyBatchSize([5, 6], "tanh", "cross-entropy");
});

test("the webgl engine agrees with the cpu engine on six hidden layers, with each activation", async () => {
  for (const activation of activations) await everyBatchSize([3, 4, 5, 6, 7, 3, 2, 2], activation, "mse");
});

test.each(activations)(
  "the webgl engine agrees with the cpu engine on layers of 32 units or more, where a fragment computes four rows: %s",
  async (activation) => {
    await everyBatchSize([33, 32, 34, 33, 2], activation, "cross-entropy", [1, 2, 15, 40]);
  },
);

test.each(optimiserNames)(
  "the webgl engine agrees with the cpu engine on a step of %s in the middle of a run",
  async (name) => {
    const problem = problemOf(61, [7, 6, 3], "tanh", "mse");
    const { theta, m, v } = stateOf(problem);
    const { update, init } = optimisers[name];
    // Some parameters had a larger v before, others have it at this step.
    const vMax = init(theta).vMax.map((_, k) => (v[k] as number) * (k % 2 ? 1.5 : 0.5));
    const comparison = await Comparison.of(problem, { theta, m, v, vMax });
    onTestFinished(() => comparison.dispose());
    for (const [k, rule] of (["lr", "alphaStar", "alphaStarGN"] as const).entries()) {
      const taken = update({ ...defaultRecipe, beta2: 0.9, weightDecay: 0.3 }, 12, { c1: 0.7, c2: 0.6 });
      const batch = { order: shuffled(61), start: 5 + k, count: 33 };
      await comparison.step(
        { theta, m, v, vMax },
        batch,
        { order: inOrder(61), start: 3, count: 30 },
        { update: taken, lr: 0.01, rule, sigma: 0.5 },
        `${name}, ${rule}:`,
      );
    }
  },
);

test.each([{ sizes: [6, 9, 5, 3] }, { sizes: [32, 32, 2] }])(
  "the webgl engine agrees with the cpu engine on minibatches higher than a texture, in order and shuffled: widths $sizes",
  async ({ sizes }) => {
    const rows = 5000;
    const problem = problemOf(rows, sizes, "tanh", "cross-entropy");
    const state = stateOf(problem);
    const comparison = await Comparison.of(problem, state);
    onTestFinished(() => comparison.dispose());
    for (const [order, other] of [
      [inOrder(rows), shuffled(rows)],
      [shuffled(rows), inOrder(rows)],
    ] as const) {
      for (const [start, count] of [
        [0, rows],
        [450, 4099],
        [17, 2050],
      ] as const) {
        const next = { order: other, start: 10, count: Math.min(rows - 10, 6000 - count) };
        await comparison.step(state, { order, start, count }, next, settings, `${count} rows from ${start}:`);
      }
    }
  },
);
