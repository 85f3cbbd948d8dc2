import { blockUntilReady, init, jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import type { Start } from "../../../src/core/data/start";
import type { Recipe } from "../../../src/core/recipe/recipe";
import type { Contestant } from "./contestant";

/** Adam's state. Each of the first three lists has the weights and biases of all layers; c has the two normalisers. */
type State = { theta: np.Array[]; m: np.Array[]; v: np.Array[]; c: np.Array[] };

/**
 * Adam in jax-js on its WebAssembly backend, in float32: one compiled function per step, which takes over the arrays of the state
 * before. (jax-js frees an array that is passed without `.ref`.) Nothing is measured, and the loss is not read.
 */
export async function jaxAdam(
  { lr, beta1, beta2, eps, batchSize }: Recipe,
  { problem, theta }: Start,
): Promise<Contestant> {
  await init("wasm");
  const { sizes, rows, x, y } = problem;
  const [inputs, outputs] = [sizes[0] as number, sizes.at(-1) as number];

  const lossOf = (parameters: np.Array[], features: np.Array, targets: np.Array): np.Array => {
    let h = features;
    for (let l = 0; l < parameters.length; l += 2) {
      h = np.matmul(h, parameters[l] as np.Array).add(parameters[l + 1] as np.Array);
      if (l < parameters.length - 2) h = nn.relu(h);
    }
    if (problem.loss === "mse") return np.mean(np.square(h.sub(targets)));
    return np.mean(nn.logSoftmax(h).mul(targets).sum(-1)).mul(-1);
  };
  const step = jit((state: State, features: np.Array, targets: np.Array): State => {
    const [loss, gradients] = valueAndGrad(lossOf)(
      state.theta.map((value) => value.ref),
      features,
      targets,
    );
    loss.dispose();
    const c = state.c.map((value, k) => value.mul(k === 0 ? beta1 : beta2).add(1 - (k === 0 ? beta1 : beta2)));
    const [c1, c2] = c as [np.Array, np.Array];
    const m = state.m.map((value, k) => value.mul(beta1).add((gradients[k] as np.Array).ref.mul(1 - beta1)));
    const v = state.v.map((value, k) => value.mul(beta2).add(np.square(gradients[k] as np.Array).mul(1 - beta2)));
    const next = state.theta.map((value, k) => {
      const [mk, vk] = [(m[k] as np.Array).ref.div(c1.ref), (v[k] as np.Array).ref.div(c2.ref)];
      return value.sub(mk.mul(lr).div(np.sqrt(vk).add(eps)));
    });
    return { theta: next, m, v, c };
  });

  /** The minibatches of an epoch, in order. */
  const batches: { readonly features: np.Array; readonly targets: np.Array }[] = [];
  for (let start = 0; start < rows; start += batchSize) {
    const end = Math.min(start + batchSize, rows);
    batches.push({
      features: np.array(x.slice(start * inputs, end * inputs)).reshape([end - start, inputs]),
      targets: np.array(y.slice(start * outputs, end * outputs)).reshape([end - start, outputs]),
    });
  }
  const parameters: np.Array[] = [];
  for (let l = 1, offset = 0; l < sizes.length; l++) {
    const [fanIn, units] = [sizes[l - 1] as number, sizes[l] as number];
    for (const shape of [[fanIn, units], [units]]) {
      const size = shape.reduce((a, b) => a * b, 1);
      parameters.push(np.array(Float32Array.from(theta.subarray(offset, offset + size))).reshape(shape));
      offset += size;
    }
  }
  let state: State = {
    theta: parameters,
    m: parameters.map(({ shape }) => np.zeros(shape)),
    v: parameters.map(({ shape }) => np.zeros(shape)),
    c: [np.zeros([]), np.zeros([])],
  };
  let position = 0;
  return {
    async run(steps) {
      for (let k = 0; k < steps; k++) {
        const { features, targets } = batches[position] as (typeof batches)[number];
        // Steps are queued until a result is awaited, and a queue of several steps is slower.
        state = await blockUntilReady(step(state, features.ref, targets.ref));
        position = (position + 1) % batches.length;
      }
    },
    dispose() {
      for (const array of [...state.theta, ...state.m, ...state.v, ...state.c]) array.dispose();
      for (const { features, targets } of batches) {
        features.dispose();
        targets.dispose();
      }
      step.dispose();
    },
  };
}
