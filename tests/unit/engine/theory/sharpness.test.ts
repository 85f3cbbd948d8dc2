import { expect, test } from "vitest";
import { Sampler } from "../../../../src/core/data/sampler";
import { meanOf, noisyTanh, runOn, sumOf } from "./runs";

test.each([
  ["the notebook's run", {}],
  ["a tanh network", { ...noisyTanh, lr: 0.01 }],
  ["a relu network", { ...noisyTanh, activation: "relu", lr: 0.01 }],
  ["a softmax network", { dataset: "classes", outputs: 4, activation: "tanh", lr: 0.01, shuffle: true }],
] as const)(
  // Pan and Li, arXiv 2306.00204: the directional sharpness of Adam's update is below that of SGD's.
  "dᵀHd/dᵀd is lower along Adam's d than along −g on at least 80% of 500 steps: %s",
  async (_, settings) => {
    const { start, recipe, checkpoint, trainTo, alongGradient } = runOn(settings);
    let lower = 0;
    for (let step = 1; step <= 500; step++) {
      const sampler = new Sampler(start.problem.rows, start.orderOf);
      sampler.restore(checkpoint());
      const batch = { order: new Uint32Array(0), start: 0, count: 0 };
      const into = alongGradient(sampler.next(recipe.batchSize, recipe.shuffle, batch));
      const ofGradient = into.curvature[0]! / sumOf(into.gradSquares);
      await trainTo(step, ({ columns: { metrics } }) => {
        if (metrics.curvature[0]! / metrics.directionNorm[0]! ** 2 < ofGradient) lower++;
      });
    }
    expect(lower).toBeGreaterThanOrEqual(400);
  },
);

/** Without label noise: the loss can fall to zero. */
const noiseless = { dataset: "teacher", noise: 0, rows: 200, inputs: 5, activation: "tanh", optimiser: "sgd" } as const;

/** The mean of lr/α* over the steps from `from` on. For d = −g, 1/α* is gᵀHg/‖g‖² on the minibatch, the batch sharpness. */
async function meanRatio({ recipe, trainTo }: ReturnType<typeof runOn>, from: number, to: number): Promise<number> {
  const ratios: number[] = [];
  await trainTo(from - 1);
  await trainTo(to, ({ columns: { count, metrics } }) => {
    for (let row = 0; row < count; row++) ratios.push(recipe.lr / metrics.alphaStar[row]!);
  });
  return meanOf(ratios);
}

test.each([
  ["two hidden layers", { hidden: [16, 16], lr: 0.4 }, 1000],
  ["one hidden layer", { hidden: [16], lr: 0.6 }, 2000],
] as const)(
  // Cohen et al., arXiv 2103.00065: full-batch gradient descent trains at the edge of stability, where the sharpness is 2/lr.
  "the mean of lr/α* is 2 within 0.05 over the last tenth of full-batch gradient descent: %s",
  async (_, settings, steps) => {
    const ratio = await meanRatio(runOn({ ...noiseless, ...settings, batchSize: 200 }), 0.9 * steps, steps);
    expect(ratio).toBeGreaterThan(1.95);
    expect(ratio).toBeLessThan(2.05);
  },
);

test("lr × batch sharpness is from 1.6 to 2.1 for SGD, and lr × λmax is lower, lowest for the smallest minibatches", async () => {
  // Andreyev and Beneventano, arXiv 2412.20553: SGD trains at the edge of stochastic stability.
  const sharpest: number[] = [];
  for (const batchSize of [16, 64]) {
    const run = runOn({ ...noiseless, hidden: [32], lr: 0.4, shuffle: true, batchSize });
    const [batch, whole] = [[] as number[], [] as number[]];
    for (let to = 4000; to <= 5000; to += 250) {
      batch.push(await meanRatio(run, to - 249, to));
      whole.push(0.4 * (await run.largestEigenvalue()));
    }
    expect(meanOf(batch), `${batchSize} rows`).toBeGreaterThan(1.6);
    expect(meanOf(batch), `${batchSize} rows`).toBeLessThan(2.1);
    expect(meanOf(whole), `${batchSize} rows`).toBeLessThan(meanOf(batch));
    sharpest.push(meanOf(whole));
  }
  expect(sharpest[0]).toBeLessThan(sharpest[1]!);
});
