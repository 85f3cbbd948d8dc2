import { expect, test } from "vitest";
import { tensorsOf } from "../../../../src/core/data/problem";
import { permutation } from "../../../../src/core/data/random";
import { History } from "../../../../src/core/history/history";
import { noiseScales } from "../../../../src/core/history/noiseScale";
import { hessianAt } from "../../../../src/engine/cpu/hessian";
import { wasmSweeper } from "../../../../src/engine/wasm/sweeper";
import { dot, noisyTanh, runOn, sumOf } from "./runs";

type Run = ReturnType<typeof runOn>;

/** ‖G‖²/GᵀHG, the best step along −G, and tr(HΣ)/GᵀHG, the noise scale, from the gradient of each row. */
function exactNoise({ start: { problem }, all, hessian, checkpoint }: Run) {
  const { gradient: G, apply } = hessian();
  const { theta } = checkpoint();
  const ofRows = Array.from({ length: problem.rows }, (_, row) =>
    hessianAt(problem, theta, { order: all.order, start: row, count: 1 }, wasmSweeper).gradient.map(
      (g, k) => g - G[k]!,
    ),
  );
  const along = (v: Float64Array) => dot(v, apply(v));
  const curvature = along(G);
  return { best: dot(G, G) / curvature, scale: sumOf(ofRows.map(along)) / (problem.rows - 1) / curvature };
}

/** α* of all rows along −g of a minibatch: the ratio of mean slope and mean curvature over the minibatches of four epochs. */
function judgedByAll({ start: { problem }, all, alongGradient, recipe: { batchSize } }: Run): number {
  let [slope, curvature] = [0, 0];
  for (let epoch = 0; epoch < 4; epoch++) {
    const order = permutation(problem.rows, 1, epoch);
    for (let start = 0; start + batchSize <= problem.rows; start += batchSize) {
      const into = alongGradient({ order, start, count: batchSize }, all);
      slope += into.nextSlope[0]!;
      curvature += into.nextCurvature[0]!;
    }
  }
  return -slope / curvature;
}

test.each([
  ["a tanh network", { ...noisyTanh, lr: 0.05 }],
  ["a softmax network", { dataset: "classes", outputs: 4, hidden: [12], activation: "tanh", lr: 0.2, shuffle: true }],
] as const)(
  // McCandlish et al., arXiv 1812.06162, equations 2.7 and 2.8, for minibatches of N rows without replacement.
  "α* of all rows along −g of a minibatch is ε_max/(1 + B_noise(1 − b/N)/b) within 15% at steps 1, 30 and 300 of SGD: %s",
  async (_, settings) => {
    const run = runOn({ ...settings, optimiser: "sgd" });
    const { batchSize, rows } = run.recipe;
    for (const step of [1, 30, 300]) {
      await run.trainTo(step - 1);
      const { best, scale } = exactNoise(run);
      const law = best / (1 + (scale * (1 - batchSize / rows)) / batchSize);
      const share = judgedByAll(run) / law;
      expect(share, `step ${step}`).toBeGreaterThan(0.85);
      expect(share, `step ${step}`).toBeLessThan(1.15);
    }
  },
);

test.each([
  ["Adam on a tanh network", { ...noisyTanh, lr: 0.01 }],
  ["Adam with 256 rows", { ...noisyTanh, lr: 0.01, batchSize: 256 }],
  ["Adam on a softmax network", { dataset: "classes", outputs: 4, activation: "tanh", lr: 0.01, shuffle: true }],
  ["SGD with 128 rows", { ...noisyTanh, optimiser: "sgd", lr: 0.1, batchSize: 128 }],
] as const)(
  // McCandlish et al., arXiv 1812.06162, section 3.3: the noise scale grows over training as the loss falls.
  "the noise scale at step 1000 is at least 4 times the one at step 10: %s",
  async (_, settings) => {
    const { start, recipe, trainTo } = runOn(settings);
    const history = new History(tensorsOf(start.problem.sizes));
    await trainTo(1000, ({ columns, direction }) => history.append(columns, direction));
    const [early, late] = [10, 1000].map((step) => noiseScales(history, recipe.rows, step, step, 1)[0]!.rows!);
    expect(early).toBeGreaterThan(5);
    expect(late! / early!).toBeGreaterThan(4);
  },
);
