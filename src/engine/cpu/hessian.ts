import { type Problem, parameterCount } from "../../core/data/problem";
import { phiPrime, phiRatio } from "../activation";
import type { Batch } from "../engine";
import { lossGradientTangent, lossOf, type Sums } from "./loss";
import { type Matrix, product, transposed } from "./matrix";
import { createNetwork, loadBatch } from "./network";
import { backward, forward, tangent } from "./sweeps";

/** Rows swept at a time; where they hold the whole batch, forward and backward are swept once for all products. */
const chunkRows = 1024;

/** The Hessian of the loss on some rows at one point, as the map v ↦ Hv. */
export interface Hessian {
  readonly size: number;
  readonly loss: number;
  /** g = ∇L(θ) */
  readonly gradient: Float64Array;
  /** Hv in float64, exact but for rounding. */
  times(v: Float64Array): Float64Array;
}

/**
 * H at (θ, rows) by one sweep forward along v and one backward (forward over reverse). With ż, ȧ of the tangent sweep,
 * V_l the part of v for W_l, and the deltas of backprop:
 *
 *     δ̇_L = (∇²ℓ)ż_L        δ̇_{l−1} = φ′∘(δ̇_l W_lᵀ + δ_l V_lᵀ) + (φ″/φ′)∘ż_{l−1}∘δ_{l−1}
 *     (Hv)_l = a_{l−1}ᵀδ̇_l + ȧ_{l−1}ᵀδ_l
 */
export function hessianAt(problem: Problem, theta: Float64Array, rows: Batch): Hessian {
  const size = parameterCount(problem.sizes);
  const chunk = Math.min(chunkRows, rows.count);
  const direction = new Float64Array(size);
  const network = createNetwork(problem, { theta, gradient: new Float64Array(size), direction }, chunk);
  const own = network.layers.map(({ D, inputs, outputs, aDot }) => {
    const room = (columns: number, height: number): Matrix => {
      return { values: new Float64Array(height * columns), offset: 0, rowStride: columns, columnStride: 1 };
    };
    return {
      deltaDot: room(outputs, chunk),
      below: room(inputs, chunk),
      fromADot: room(outputs, inputs),
      transposedD: transposed(D),
      transposedADot: transposed(aDot),
      /** (Hv)_l, on its own. */
      H: room(outputs, inputs + 1),
    };
  });
  const sums: Sums = { slope: 0, curvature: 0, curvatureTerms: 0 };
  let loaded = -1;

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

  /** After `tangent`: this chunk's (Hv)_l into the H of every layer. */
  function backwardTangent(): void {
    const { layers, rows: count } = network;
    const { activation } = problem;
    lossGradientTangent(network, own.at(-1)!.deltaDot.values);
    for (let l = layers.length - 1; l >= 0; l--) {
      const { delta, transposedA, transposedW, inputs, outputs } = layers[l]!;
      const { deltaDot, below, fromADot, transposedD, transposedADot, H } = own[l]!;
      product(H, transposedA, deltaDot, inputs + 1, count, outputs);
      if (l === 0) return;
      product(fromADot, transposedADot, delta, inputs, count, outputs);
      for (let k = 0; k < inputs * outputs; k++) H.values[k]! += fromADot.values[k]!;

      const next = own[l - 1]!.deltaDot.values;
      product(own[l - 1]!.deltaDot, deltaDot, transposedW, count, outputs, inputs);
      product(below, delta, transposedD, count, outputs, inputs);
      const [zDot, deltaBelow, a] = [layers[l - 1]!.zDot.values, layers[l - 1]!.delta.values, layers[l]!.a.values];
      for (let k = 0, at = 0; k < count * inputs; at++) {
        // Each row of a ends with a 1, for the bias.
        for (const end = k + inputs; k < end; k++, at++) {
          const value = a[at]!;
          next[k] =
            phiPrime(activation, value) * (next[k]! + below.values[k]!) +
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
    times(v) {
      direction.set(v);
      const result = new Float64Array(size);
      for (let start = 0; start < rows.count; start += chunk) {
        const share = load(start);
        tangent(network, sums);
        backwardTangent();
        network.layers.forEach(({ G, inputs, outputs }, l) => {
          const part = own[l]!.H.values;
          for (let k = 0; k < (inputs + 1) * outputs; k++) result[G.offset + k]! += share * part[k]!;
        });
      }
      return result;
    },
  };
}
