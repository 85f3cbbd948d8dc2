import * as tf from "@tensorflow/tfjs";
import type { Start } from "../../../src/core/data/start";
import type { Recipe } from "../../../src/core/recipe/recipe";
import type { Contestant } from "./contestant";

/** The problem in tfjs: data on the device, parameters as variables, rows in order. */
function tfjsProblem({ problem, theta }: Start) {
  const { sizes, rows, loss } = problem;
  const x = tf.tensor2d(problem.x, [rows, sizes[0] as number]);
  const y = tf.tensor2d(problem.y, [rows, sizes.at(-1) as number]);
  const variables: tf.Variable[] = [];
  let offset = 0;
  for (let l = 1; l < sizes.length; l++) {
    const [inputs, units] = [sizes[l - 1] as number, sizes[l] as number];
    for (const shape of [[inputs, units], [units]]) {
      const size = shape.reduce((a, b) => a * b, 1);
      variables.push(tf.variable(tf.tensor(Float32Array.from(theta.subarray(offset, offset + size)), shape)));
      offset += size;
    }
  }
  const lossOf = (parameters: readonly tf.Tensor[], inputs: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar => {
    let h: tf.Tensor = inputs;
    for (let l = 0; l < parameters.length; l += 2) {
      h = h.matMul(parameters[l] as tf.Tensor).add(parameters[l + 1] as tf.Tensor);
      if (l < parameters.length - 2) h = h.relu();
    }
    return loss === "mse" ? tf.losses.meanSquaredError(targets, h) : tf.losses.softmaxCrossEntropy(targets, h);
  };
  let position = 0;
  /** The next rows, as slices on the device. */
  const nextBatch = (batchSize: number): [tf.Tensor2D, tf.Tensor2D] => {
    const count = Math.min(batchSize, rows - position);
    const batch: [tf.Tensor2D, tf.Tensor2D] = [
      x.slice([position, 0], [count, -1]),
      y.slice([position, 0], [count, -1]),
    ];
    position = (position + count) % rows;
    return batch;
  };
  return { variables, lossOf, nextBatch, dispose: () => tf.dispose([x, y, ...variables]) };
}

/** `tf.train.adam(…).minimize` as documented by tfjs. `read`: the loss is read back at every step. */
export async function tfjsAdam(
  backend: "webgl" | "cpu",
  recipe: Recipe,
  start: Start,
  read: boolean,
): Promise<Contestant> {
  await tf.setBackend(backend);
  const { variables, lossOf, nextBatch, dispose } = tfjsProblem(start);
  const optimizer = tf.train.adam(recipe.lr, recipe.beta1, recipe.beta2, recipe.eps);
  const step = (): tf.Scalar | null => {
    const batch = nextBatch(recipe.batchSize);
    const loss = optimizer.minimize(() => lossOf(variables, ...batch), read);
    tf.dispose(batch);
    return loss;
  };
  return {
    async run(steps) {
      await tf.setBackend(backend);
      for (let k = 0; k < steps; k++) {
        const loss = step();
        if (!loss) continue;
        await loss.data();
        loss.dispose();
      }
      // tfjs runs asynchronously: reading one number waits until all steps are computed.
      await tf.tidy(() => (variables.at(-1) as tf.Variable).slice([0], [1])).data();
    },
    dispose() {
      optimizer.dispose();
      dispose();
    },
  };
}

/**
 * Slope and curvature along Adam's d by a gradient of a gradient, the only method in tfjs without custom programs. The peer keeps
 * its own moment estimates for d, and reads back loss, slope and curvature at every step.
 */
export async function nestedTape(recipe: Recipe, start: Start): Promise<Contestant> {
  await tf.setBackend("webgl");
  const { variables, lossOf, nextBatch, dispose } = tfjsProblem(start);
  const { lr, beta1, beta2, eps, batchSize } = recipe;
  let moments = variables.map(() => ({ m: tf.scalar(0) as tf.Tensor, v: tf.scalar(0) as tf.Tensor }));
  let [c1, c2] = [0, 0];
  const sum = (terms: readonly tf.Tensor[]) => tf.addN(terms.map((term) => term.sum()));
  const step = () => {
    c1 = beta1 * c1 + (1 - beta1);
    c2 = beta2 * c2 + (1 - beta2);
    const result = tf.tidy(() => {
      const [x, y] = nextBatch(batchSize);
      const f = (...parameters: tf.Tensor[]) => lossOf(parameters, x, y);
      const gradients = tf.grads(f);
      const { value: loss, grads: g } = tf.valueAndGrads(f)(variables);
      const next = moments.map(({ m, v }, k) => ({
        m: m.mul(beta1).add((g[k] as tf.Tensor).mul(1 - beta1)),
        v: v.mul(beta2).add((g[k] as tf.Tensor).square().mul(1 - beta2)),
      }));
      const d = next.map(({ m, v }) => m.div(c1).div(v.div(c2).sqrt().add(eps)).neg());
      const slopeOf = (...parameters: tf.Tensor[]) =>
        sum(gradients(parameters).map((gradient, k) => gradient.mul(d[k] as tf.Tensor))) as tf.Scalar;
      const { value: slope, grads: hd } = tf.valueAndGrads(slopeOf)(variables);
      const curvature = sum(hd.map((product, k) => product.mul(d[k] as tf.Tensor)));
      for (const [k, variable] of variables.entries()) variable.assign(variable.add((d[k] as tf.Tensor).mul(lr)));
      return { next, numbers: tf.stack([loss, slope, curvature]) };
    });
    tf.dispose(moments);
    moments = result.next;
    return result.numbers;
  };
  return {
    async run(steps) {
      await tf.setBackend("webgl");
      for (let k = 0; k < steps; k++) {
        const numbers = step();
        await numbers.data();
        numbers.dispose();
      }
    },
    dispose() {
      tf.dispose(moments);
      dispose();
    },
  };
}
