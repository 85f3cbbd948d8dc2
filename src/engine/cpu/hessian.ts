import { type Problem, parameterCount } from "../../core/data/problem";
import { phiPrime, phiRatio } from "../activation";
import type { Batch } from "../engine";
import type { LinearOperator } from "../linalg/linearOperator";
import { lossGradientTangent, lossOf, type TangentSums } from "./loss";
import { type Matrix, product, transposed } from "./matrix";
import { createNetwork, loadBatch } from "./network";
import { backward, forward, tangent } from "./sweeps";

/** Rows swept at a time. Where one chunk holds all rows, the forward and the backward sweep are shared by all products. */
const chunkRows = 1024;

/** H = ∇²L_rows(θ) as the operator v ↦ Hv in float64, exact but for rounding. `size` is P, the number of parameters. */
export interface Hessian extends LinearOperator {
  /** L_rows(θ) */
  readonly loss: number;
  /** g = ∇L_rows(θ) */
  readonly gradient: Float64Array;
}

/**
 * The Hessian-vector product by a tangent sweep along v and a second backward sweep, forward over reverse (Pearlmutter,
 * Fast exact multiplication by the Hessian, Neural Computation 6, 1994). With ż, ȧ of the tangent sweep, V_l the part of v
 * for W_l, and the deltas δ_l of backpropagation:
 *
 *     δ̇_L = (∇²ℓ)ż_L        δ̇_{l−1} = φ′∘(δ̇_l W_lᵀ + δ_l V_lᵀ) + (φ″/φ′)∘ż_{l−1}∘δ_{l−1}
 *     (Hv)_l = a_{l−1}ᵀδ̇_l + ȧ_{l−1}ᵀδ_l
 */
export function hessianAt(problem: Problem, theta: Float64Array, rows: Batch): Hessian {
  const size = parameterCount(problem.sizes);
  const chunk = Math.min(chunkRows, rows.count);
  const direction = new Float64Array(size);
  const network = createNetwork(problem, { theta, gradient: new Float64Array(size), direction }, chunk);
  const buffers = network.layers.map(({ D, inputs, outputs, aDot }) => {
    const buffer = (columns: number, height: number): Matrix => {
      return { values: new Float64Array(height * columns), offset: 0, rowStride: columns, columnStride: 1 };
    };
    return {
      /** δ̇_l, rows × outputs. */
      deltaDot: buffer(outputs, chunk),
      /** δ_l V_lᵀ, rows × inputs. */
      deltaV: buffer(inputs, chunk),
      /** ȧ_{l−1}ᵀδ_l, inputs × outputs. */
      aDotDelta: buffer(outputs, inputs),
      transposedV: transposed(D),
      transposedADot: transposed(aDot),
      /** (Hv)_l of the chunk, (inputs + 1) × outputs. */
      Hv: buffer(outputs, inputs + 1),
    };
  });
  const sums: TangentSums = { slope: 0, curvature: 0, curvatureTerms: 0 };
  /** The start of the chunk in the buffers. */
  let loaded = -1;

  /** Sweeps the chunk from row `start` forward and backward. Returns its share of the rows. */
  function load(start: number): number {
    const count = Math.min(chunk, rows.count - start);
    if (loaded !== start) {
      loadBatch(network, { order: rows.order, start: rows.start + start, count });
      forward(network);
      backward(network);
      loaded = start;
    }
    return count / rows.count;
  }

  /** Writes the chunk's (Hv)_l into the buffer of every layer. Needs the results of `tangent`. */
  function backwardTangent(): void {
    const { layers, rows: count } = network;
    const { activation } = problem;
    lossGradientTangent(network, buffers.at(-1)!.deltaDot.values);
    for (let l = layers.length - 1; l >= 0; l--) {
      const { delta, transposedA, transposedW, inputs, outputs } = layers[l]!;
      const { deltaDot, deltaV, aDotDelta, transposedV, transposedADot, Hv } = buffers[l]!;
      product(Hv, transposedA, deltaDot, inputs + 1, count, outputs);
      if (l === 0) return;
      product(aDotDelta, transposedADot, delta, inputs, count, outputs);
      for (let k = 0; k < inputs * outputs; k++) Hv.values[k]! += aDotDelta.values[k]!;

      const next = buffers[l - 1]!.deltaDot.values;
      product(buffers[l - 1]!.deltaDot, deltaDot, transposedW, count, outputs, inputs);
      product(deltaV, delta, transposedV, count, outputs, inputs);
      const [zDot, deltaBelow, a] = [layers[l - 1]!.zDot.values, layers[l - 1]!.delta.values, layers[l]!.a.values];
      for (let k = 0, at = 0; k < count * inputs; at++) {
        // Each row of a ends with a 1 for the bias.
        for (const end = k + inputs; k < end; k++, at++) {
          const value = a[at]!;
          next[k] =
            phiPrime(activation, value) * (next[k]! + deltaV.values[k]!) +
            phiRatio(activation, value) * zDot[k]! * deltaBelow[k]!;
        }
      }
    }
  }

  const gradient = new Float64Array(size);
  let loss = 0;
  for (let start = 0; start < rows.count; start += chunk) {
    const share = load(start);
    loss += share * lossOf(network);
    for (const { G, inputs, outputs } of network.layers) {
      for (let k = G.offset; k < G.offset + (inputs + 1) * outputs; k++) gradient[k]! += share * G.values[k]!;
    }
  }

  return {
    size,
    loss,
    gradient,
    apply(v) {
      direction.set(v);
      const result = new Float64Array(size);
      for (let start = 0; start < rows.count; start += chunk) {
        const share = load(start);
        tangent(network, sums);
        backwardTangent();
        network.layers.forEach(({ G, inputs, outputs }, l) => {
          const part = buffers[l]!.Hv.values;
          for (let k = 0; k < (inputs + 1) * outputs; k++) result[G.offset + k]! += share * part[k]!;
        });
      }
      return result;
    },
  };
}
