import { phi, phiPrime, phiRatio } from "../activation";
import type { TangentSums } from "../sweeper";
import { lossCurvature, lossGradient, lossOf } from "./loss";
import { product } from "./matrix";
import type { Network } from "./network";

/** Writes a_l = φ(z_l) into the input of the next layer. */
function activate(network: Network, l: number): void {
  const activation = network.problem.activation;
  const outputs = network.layers[l]!.outputs;
  const z = network.layers[l]!.z.values;
  const a = network.layers[l + 1]!.a.values;
  const size = network.rows * outputs;
  for (let k = 0, to = 0; k < size; to++) {
    for (const end = k + outputs; k < end; k++) a[to++] = phi(activation, z[k]!);
  }
}

/** The forward sweep above layer `from` (counted from 0), whose z is known: a_l = φ(z_l), z_{l+1} = a_lW_{l+1}. */
function forwardFrom(network: Network, from: number): void {
  for (let l = from + 1; l < network.layers.length; l++) {
    activate(network, l - 1);
    const { z, a, W, inputs, outputs } = network.layers[l]!;
    product(z, a, W, network.rows, inputs + 1, outputs);
  }
}

/** The forward sweep: z_l and a_l of every layer for the loaded rows. */
export function forward(network: Network): void {
  const { z, a, W, inputs, outputs } = network.layers[0]!;
  product(z, a, W, network.rows, inputs + 1, outputs);
  forwardFrom(network, 0);
}

/**
 * The forward sweep at θ + s·d, where θ has been updated already and ż₁ of the tangent sweep is known. The first layer's z is
 * linear in s, z₁ + s·ż₁, and needs no product.
 */
export function forwardAfterStep(network: Network, s: number): void {
  const first = network.layers[0]!;
  const z = first.z.values;
  const zDot = first.zDot.values;
  const size = network.rows * first.outputs;
  for (let k = 0; k < size; k++) z[k]! += s * zDot[k]!;
  forwardFrom(network, 0);
}

/**
 * The mean losses at θ + α·d for each α, for the loaded rows. The first layer's z is linear in α and takes two products for all α.
 *
 * @param move sets the parameters of all later layers to θ + α·d; the network's vectors hold θ and d at first
 */
export function lossesAlong(network: Network, alphas: Float64Array, move: (alpha: number) => void): Float64Array {
  const { z, zDot, a, W, D, inputs, outputs } = network.layers[0]!;
  product(z, a, W, network.rows, inputs + 1, outputs);
  product(zDot, a, D, network.rows, inputs + 1, outputs);
  const z0 = z.values.slice(0, network.rows * outputs);
  return alphas.map((alpha) => {
    for (let k = 0; k < z0.length; k++) z.values[k] = z0[k]! + alpha * zDot.values[k]!;
    move(alpha);
    forwardFrom(network, 0);
    return lossOf(network);
  });
}

/** The backward sweep, after `forward`: δ_l = (δ_{l+1}W_{l+1}ᵀ)∘φ′(z_l) and G_l = ∂L/∂W_l = a_{l−1}ᵀδ_l of every layer. */
export function backward(network: Network): void {
  backwardToDeltas(network, 0);
  for (const { G, delta, transposedA, inputs, outputs } of network.layers) {
    product(G, transposedA, delta, inputs + 1, network.rows, outputs);
  }
}

/** The δ_l that slope and curvature need: relu's φ″ is 0, so that no term of its curvature contains the first layer's δ. */
export function backwardForTangent(network: Network): void {
  backwardToDeltas(network, network.problem.activation === "relu" ? 1 : 0);
}

/** The backward sweep without G_l, down to δ of layer `lowest`, counted from 0. */
function backwardToDeltas(network: Network, lowest: number): void {
  const { layers, rows } = network;
  lossGradient(network);
  for (let l = layers.length - 1; l > lowest; l--) {
    const { delta, transposedW, inputs, outputs } = layers[l]!;
    const below = layers[l - 1]!.delta;
    product(below, delta, transposedW, rows, outputs, inputs);
    multiplyByPhiPrime(network, l - 1, below.values, below.values);
  }
}

/**
 * `to` ← φ′(z_l)∘`from`, both rows × outputs of layer l. For relu too this is a product and not a choice: 0·NaN is NaN, and a
 * NaN in d must reach the slope even through a dead unit.
 */
function multiplyByPhiPrime({ layers, rows, problem }: Network, l: number, from: Float64Array, to: Float64Array): void {
  const activation = problem.activation;
  const outputs = layers[l]!.outputs;
  const a = layers[l + 1]!.a.values;
  const size = rows * outputs;
  for (let k = 0, at = 0; k < size; at++) {
    for (const end = k + outputs; k < end; k++) to[k] = phiPrime(activation, a[at++]!) * from[k]!;
  }
}

/**
 * The tangent sweep (forward mode), after `backward`: the slope h′(0) and the curvature h″(0) of h(α) = L(θ + αd).
 *
 *     ż_l = a_{l−1}D_l + ȧ_{l−1}W_l        ȧ_l = φ′(z_l)∘ż_l        ȧ_0 = 0
 *     slope     = ⟨δ_L, ż_L⟩
 *     curvature = ż_Lᵀ(∇²ℓ)ż_L + Σ_{l≥2} ⟨δ_l, 2ȧ_{l−1}D_l⟩ + Σ_{l<L} ⟨β_l, φ″(z_l)∘ż_l²⟩
 *
 * with β_l∘φ″(z_l) = δ_l∘(φ″/φ′)(z_l). The bias rows of W_l and D_l are included. Both derivatives are exact but for rounding.
 * Writes the part of each row to `rowSlope` and `rowCurvature` as well.
 *
 * @param sums overwritten
 */
export function tangent(network: Network, sums: TangentSums): void {
  const { layers, rows, problem, rowSlope, rowCurvature } = network;
  const last = layers.length - 1;
  rowCurvature.fill(0, 0, rows);
  sums.curvature = 0;
  sums.curvatureTerms = 0;
  for (let l = 0; l <= last; l++) {
    const { zDot, a, D, inputs, outputs } = layers[l]!;
    product(zDot, a, D, rows, inputs + 1, outputs);
    if (l > 0) addLowerLayer(network, l, sums);
    if (l === last) break;
    multiplyByPhiPrime(network, l, zDot.values, layers[l + 1]!.aDot.values);
    if (problem.activation !== "relu") addActivationCurvature(network, l, sums); // relu's φ″ is 0
  }
  const delta = layers[last]!.delta.values;
  const zDot = layers[last]!.zDot.values;
  let slope = 0;
  for (let row = 0, k = 0; row < rows; row++) {
    let part = 0;
    for (const end = k + layers[last]!.outputs; k < end; k++) {
      const term = delta[k]! * zDot[k]!;
      slope += term;
      part += term;
    }
    rowSlope[row] = part;
  }
  sums.slope = slope;
  lossCurvature(network, sums);
}

/** Adds ȧ_{l−1}W_l to ż_l, and ⟨δ_l, 2ȧ_{l−1}D_l⟩ to the curvature. */
function addLowerLayer({ layers, rows, rowCurvature }: Network, l: number, sums: TangentSums): void {
  const layer = layers[l]!;
  const { inputs, outputs } = layer;
  product(layer.aDotW, layer.aDot, layer.W, rows, inputs, outputs);
  product(layer.aDotD, layer.aDot, layer.D, rows, inputs, outputs);
  const zDot = layer.zDot.values;
  const delta = layer.delta.values;
  const aDotW = layer.aDotW.values;
  const aDotD = layer.aDotD.values;
  let curvature = 0;
  let terms = 0;
  for (let row = 0, k = 0; row < rows; row++) {
    let part = rowCurvature[row]!;
    for (const end = k + outputs; k < end; k++) {
      zDot[k]! += aDotW[k]!;
      const term = 2 * delta[k]! * aDotD[k]!;
      curvature += term;
      part += term;
      terms += Math.abs(term);
    }
    rowCurvature[row] = part;
  }
  sums.curvature += curvature;
  sums.curvatureTerms += terms;
}

/** Adds ⟨δ_l, (φ″/φ′)(z_l)∘ż_l²⟩ to the curvature. */
function addActivationCurvature(network: Network, l: number, sums: TangentSums): void {
  const { layers, rows, problem, rowCurvature } = network;
  const activation = problem.activation;
  const outputs = layers[l]!.outputs;
  const zDot = layers[l]!.zDot.values;
  const delta = layers[l]!.delta.values;
  const a = layers[l + 1]!.a.values;
  let curvature = 0;
  let terms = 0;
  for (let row = 0, k = 0, at = 0; row < rows; row++, at++) {
    let part = rowCurvature[row]!;
    for (const end = k + outputs; k < end; k++) {
      const term = delta[k]! * phiRatio(activation, a[at++]!) * zDot[k]! * zDot[k]!;
      curvature += term;
      part += term;
      terms += Math.abs(term);
    }
    rowCurvature[row] = part;
  }
  sums.curvature += curvature;
  sums.curvatureTerms += terms;
}
