import type { Problem } from "../../core/data/problem";
import type { Batch } from "../engine";
import { type Matrix, transposed } from "./matrix";

/**
 * Layer l with its buffers. Matrices are row-major, with one row per row of the batch.
 * Every a_{l−1} ends with a 1, and the bias is the last row of W_l: z_l = a_{l−1}W_l is one product, and a_{l−1}ᵀδ_l is the
 * gradient of weight and bias together. In θ, g and d a bias follows its weight, so that W_l, D_l and G_l are views of these
 * vectors.
 */
interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** W_l in θ and D_l in d, (inputs + 1) × outputs. */
  readonly W: Matrix;
  readonly D: Matrix;
  /** G_l = ∂L/∂W_l in g, (inputs + 1) × outputs. */
  readonly G: Matrix;
  /** a_{l−1}, rows × (inputs + 1), and its derivative along d, ȧ_{l−1}, rows × inputs. */
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

/** A network with the buffers of all sweeps. */
export interface Network {
  readonly problem: Problem;
  readonly layers: readonly Layer[];
  /** The targets of the loaded rows, rows × outputs. The inputs are the first layer's a. */
  readonly y: Float64Array;
  /** The parts of slope and curvature that each row adds, after `tangent`. */
  readonly rowSlope: Float64Array;
  readonly rowCurvature: Float64Array;
  /** The most rows that fit. */
  readonly capacity: number;
  /** Number of loaded rows. */
  rows: number;
}

/** The flat vectors, each P long, that hold the matrices of the layers. */
export interface Vectors {
  readonly theta: Float64Array;
  readonly gradient: Float64Array;
  readonly direction: Float64Array;
}

/** A network on these vectors, for batches of up to `capacity` rows. */
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
    const buffer = (columns: number) => rowMajor(new Float64Array(capacity * columns), columns);
    const W = rowMajor(theta, outputs, offset);
    const a = buffer(inputs + 1);
    a.values.fill(1);
    layers.push({
      inputs,
      outputs,
      W,
      D: rowMajor(direction, outputs, offset),
      G: rowMajor(gradient, outputs, offset),
      a,
      aDot: buffer(inputs),
      z: buffer(outputs),
      delta: buffer(outputs),
      zDot: buffer(outputs),
      aDotW: buffer(outputs),
      aDotD: buffer(outputs),
      transposedW: transposed(W),
      transposedA: transposed(a),
    });
    offset += (inputs + 1) * outputs;
  }
  return {
    problem,
    layers,
    y: new Float64Array(capacity * sizes.at(-1)!),
    rowSlope: new Float64Array(capacity),
    rowCurvature: new Float64Array(capacity),
    capacity,
    rows: 0,
  };
}

/** Copies the rows of a batch into the network. */
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
