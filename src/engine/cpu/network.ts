import type { Problem } from "../../core/data/problem";
import type { Batch } from "../engine";
import { type Matrix, transposed } from "./matrix";

/**
 * Layer l with all its buffers; matrices are row-major, a row per row of the batch.
 * Every a_{l−1} carries a trailing 1, so that the bias is the last row of W_l: z_l = a_{l−1}·W_l, one product, and
 * a_{l−1}ᵀδ_l is the gradient for weight and bias at once. In θ, g and d a bias follows its weight, so W_l, D_l and
 * the gradient are views of those vectors as they are.
 */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** W_l and D_l, (inputs + 1) × outputs: in θ and in d. */
  readonly W: Matrix;
  readonly D: Matrix;
  /** ∂L/∂W_l, (inputs + 1) × outputs. */
  readonly G: Matrix;
  /** a_{l−1}, rows × (inputs + 1), and its rate of change ȧ_{l−1}, rows × inputs. */
  readonly a: Matrix;
  readonly aDot: Matrix;
  /** z_l, δ_l = ∂L/∂z_l and ż_l, rows × outputs. */
  readonly z: Matrix;
  readonly delta: Matrix;
  readonly zDot: Matrix;
  /** ȧ_{l−1}W_l and ȧ_{l−1}D_l, rows × outputs. */
  readonly aDotW: Matrix;
  readonly aDotD: Matrix;
  readonly transposedW: Matrix;
  readonly transposedA: Matrix;
}

/** A network with room for the sweeps over one batch. */
export interface Network {
  readonly problem: Problem;
  readonly layers: readonly Layer[];
  /** The batch at hand: its inputs are the first layer's a, its targets y, rows × outputs. */
  readonly y: Float64Array;
  readonly capacity: number;
  rows: number;
}

/** The flat vectors that a network's layers are views of. */
export interface Vectors {
  readonly theta: Float64Array;
  readonly gradient: Float64Array;
  readonly direction: Float64Array;
}

/** A network over these vectors, with room for batches of up to `capacity` rows. */
export function createNetwork(problem: Problem, { theta, gradient, direction }: Vectors, capacity: number): Network {
  const { sizes } = problem;
  const layers: Layer[] = [];
  let offset = 0;
  for (let l = 1; l < sizes.length; l++) {
    const inputs = sizes[l - 1]!;
    const outputs = sizes[l]!;
    const rowMajor = (values: Float64Array, columns: number, at = 0): Matrix => {
      return { values, offset: at, rowStride: columns, columnStride: 1 };
    };
    const room = (columns: number) => rowMajor(new Float64Array(capacity * columns), columns);
    const W = rowMajor(theta, outputs, offset);
    const a = room(inputs + 1);
    a.values.fill(1);
    layers.push({
      inputs,
      outputs,
      W,
      D: rowMajor(direction, outputs, offset),
      G: rowMajor(gradient, outputs, offset),
      a,
      aDot: room(inputs),
      z: room(outputs),
      delta: room(outputs),
      zDot: room(outputs),
      aDotW: room(outputs),
      aDotD: room(outputs),
      transposedW: transposed(W),
      transposedA: transposed(a),
    });
    offset += (inputs + 1) * outputs;
  }
  return { problem, layers, y: new Float64Array(capacity * sizes.at(-1)!), capacity, rows: 0 };
}

/** Copies the batch's rows into the network: x before its trailing 1, and y. */
export function loadBatch(network: Network, { order, start, count }: Batch): void {
  const { x, y } = network.problem;
  const first = network.layers[0]!;
  const a = first.a.values;
  const inputs = first.inputs;
  const targets = network.y;
  const outputs = network.layers.at(-1)!.outputs;
  for (let n = 0, to = 0, toTarget = 0; n < count; n++, to++) {
    const row = order[start + n]!;
    for (let k = row * inputs; k < (row + 1) * inputs; k++) a[to++] = x[k]!;
    for (let k = row * outputs; k < (row + 1) * outputs; k++) targets[toTarget++] = y[k]!;
  }
  network.rows = count;
}
