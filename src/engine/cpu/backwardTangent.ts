import { phiPrime, phiRatio } from "../activation";
import { lossGradientTangent } from "./loss";
import { type Matrix, product, transposed } from "./matrix";
import type { Network } from "./network";

/** The buffers of the second backward sweep. */
interface HessianBuffers {
  /** Hv, P long. */
  readonly Hv: Float64Array;
  readonly layers: readonly LayerBuffers[];
}

interface LayerBuffers {
  /** δ̇_l, rows × outputs. */
  readonly deltaDot: Matrix;
  /** δ_l V_lᵀ, rows × inputs. */
  readonly deltaV: Matrix;
  /** ȧ_{l−1}ᵀδ_l, inputs × outputs. */
  readonly aDotDelta: Matrix;
  readonly transposedV: Matrix;
  readonly transposedADot: Matrix;
  /** (Hv)_l in Hv, (inputs + 1) × outputs. */
  readonly Hv: Matrix;
}

export function createHessianBuffers({ layers, capacity }: Network): HessianBuffers {
  const Hv = new Float64Array(layers.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0));
  const buffer = (columns: number, height: number): Matrix => {
    return { values: new Float64Array(height * columns), offset: 0, rowStride: columns, columnStride: 1 };
  };
  return {
    Hv,
    layers: layers.map(({ D, G, inputs, outputs, aDot }) => ({
      deltaDot: buffer(outputs, capacity),
      deltaV: buffer(inputs, capacity),
      aDotDelta: buffer(outputs, inputs),
      transposedV: transposed(D),
      transposedADot: transposed(aDot),
      Hv: { ...G, values: Hv },
    })),
  };
}

/**
 * The second backward sweep, after `tangent` along v: writes Hv.
 *
 *     δ̇_L = (∇²ℓ)ż_L        δ̇_{l−1} = φ′∘(δ̇_l W_lᵀ + δ_l V_lᵀ) + (φ″/φ′)∘ż_{l−1}∘δ_{l−1}
 *     (Hv)_l = a_{l−1}ᵀδ̇_l + ȧ_{l−1}ᵀδ_l
 */
export function backwardTangent(network: Network, buffers: HessianBuffers): void {
  const { layers, rows, problem } = network;
  const { activation } = problem;
  lossGradientTangent(network, buffers.layers.at(-1)!.deltaDot.values);
  for (let l = layers.length - 1; l >= 0; l--) {
    const { delta, transposedA, transposedW, inputs, outputs } = layers[l]!;
    const { deltaDot, deltaV, aDotDelta, transposedV, transposedADot, Hv } = buffers.layers[l]!;
    product(Hv, transposedA, deltaDot, inputs + 1, rows, outputs);
    if (l === 0) return;
    product(aDotDelta, transposedADot, delta, inputs, rows, outputs);
    for (let k = 0; k < inputs * outputs; k++) Hv.values[Hv.offset + k]! += aDotDelta.values[k]!;

    const below = buffers.layers[l - 1]!.deltaDot;
    const next = below.values;
    product(below, deltaDot, transposedW, rows, outputs, inputs);
    product(deltaV, delta, transposedV, rows, outputs, inputs);
    const [zDot, deltaBelow, a] = [layers[l - 1]!.zDot.values, layers[l - 1]!.delta.values, layers[l]!.a.values];
    for (let k = 0, at = 0; k < rows * inputs; at++) {
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
