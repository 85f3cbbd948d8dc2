import type { Activation } from "../recipe/recipe";

/** Squared error averages over rows and outputs (torch.nn.MSELoss); cross-entropy over rows (torch.nn.CrossEntropyLoss). */
export type Loss = "mse" | "cross-entropy";

/** The optimisation problem: the data, the architecture and the loss, without settings and state. */
export interface Problem {
  /** Units per layer, inputs first and outputs last: 10-5-1 is [10, 5, 1]. */
  readonly sizes: readonly number[];
  readonly activation: Activation;
  readonly loss: Loss;
  readonly rows: number;
  /** rows × sizes[0], row-major. */
  readonly x: Float32Array;
  /** rows × sizes.at(-1), row-major; one-hot for cross-entropy. */
  readonly y: Float32Array;
}

/** The position of a parameter tensor in the flat vectors θ, m, v, g and d. */
export interface Tensor {
  /** PyTorch's name: fc1.weight, fc1.bias, fc2.weight, … */
  readonly name: string;
  /** Weights are inputs × outputs, row-major; a bias has one dimension. */
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

/** The parameter tensors of a network in their order in every flat vector: fc1.weight, fc1.bias, fc2.weight, … */
export function tensorsOf(sizes: readonly number[]): Tensor[] {
  const tensors: Tensor[] = [];
  let offset = 0;
  for (let l = 1; l < sizes.length; l++) {
    const [fanIn, fanOut] = [sizes[l - 1] as number, sizes[l] as number];
    for (const [part, shape] of [
      ["weight", [fanIn, fanOut]],
      ["bias", [fanOut]],
    ] as const) {
      const size = shape.reduce((a, b) => a * b, 1);
      tensors.push({ name: `fc${l}.${part}`, shape, offset, size });
      offset += size;
    }
  }
  return tensors;
}

/** The number of parameters P of a network. */
export function parameterCount(sizes: readonly number[]): number {
  return tensorsOf(sizes).reduce((total, { size }) => total + size, 0);
}
