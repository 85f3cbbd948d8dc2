import { parameterCount } from "../../core/data/problem";
import type { NewSweeper } from "../sweeper";
import { backwardTangent, createHessianBuffers } from "./backwardTangent";
import { lossOf } from "./loss";
import { createNetwork, loadBatch, type Network } from "./network";
import { backward, forward, lossesAlong, tangent } from "./sweeps";

/** The sweeps as plain loops: the specification. */
export const loopSweeper: NewSweeper = (problem, capacity) => {
  const size = parameterCount(problem.sizes);
  const [theta, gradient, direction] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const network = createNetwork(problem, { theta, gradient, direction }, capacity);
  /** The parameters after those of the first layer. */
  const upperLayers = parameterCount(problem.sizes.slice(0, 2));
  /** Made at the first use: few sweepers serve Hessian products. */
  let buffers: ReturnType<typeof createHessianBuffers> | null = null;
  return {
    capacity,
    setTheta: (values) => theta.set(values),
    setDirection: (values) => direction.set(values),
    load: (batch) => loadBatch(network, batch),
    forward: () => forward(network),
    loss: () => lossOf(network),
    lossesAlong(alphas) {
      const at = theta.slice();
      const losses = lossesAlong(network, alphas, (alpha) => {
        for (let p = upperLayers; p < size; p++) theta[p] = at[p]! + alpha * direction[p]!;
      });
      theta.set(at);
      return losses;
    },
    correctRows: () => correctRows(network),
    outputs(into, at) {
      const { z, outputs } = network.layers.at(-1)!;
      into.set(z.values.subarray(0, network.rows * outputs), at);
    },
    backward() {
      backward(network);
      return gradient;
    },
    tangent: (sums) => tangent(network, sums),
    backwardTangent() {
      buffers ??= createHessianBuffers(network);
      backwardTangent(network, buffers);
      return buffers.Hv;
    },
  };
};

function correctRows({ layers, y, rows }: Network): number {
  const { z, outputs } = layers.at(-1)!;
  let correct = 0;
  for (let row = 0; row < rows; row++) {
    let [best, label] = [0, 0];
    for (let k = 1; k < outputs; k++) {
      if (z.values[row * outputs + k]! > z.values[row * outputs + best]!) best = k;
      if (y[row * outputs + k] === 1) label = k;
    }
    // Where training has diverged, the largest output is not a number.
    if (best === label && Number.isFinite(z.values[row * outputs + best])) correct++;
  }
  return correct;
}
