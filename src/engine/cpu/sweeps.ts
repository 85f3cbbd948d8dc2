import { phi, phiPrime, phiRatio } from "../activation";
import { lossCurvature, lossGradient, type Sums } from "./loss";
import { product } from "./matrix";
import type { Network } from "./network";

/** a_l = φ(z_l), into the next layer's input. */
function activate(network: Network, l: number): void {
  const { activation } = network.problem;
  const { z, outputs } = network.layers[l]!;
  const a = network.layers[l + 1]!.a.values;
  for (let n = 0, k = 0, to = 0; n < network.rows; n++, to++) {
    for (let j = 0; j < outputs; j++) a[to++] = phi(activation, z.values[k++]!);
  }
}

/** Forward from layer `from` (counted from 0), whose z is at hand: a_l = φ(z_l), z_{l+1} = a_l·W_{l+1}. */
function forwardFrom(network: Network, from: number): void {
  for (let l = from + 1; l < network.layers.length; l++) {
    activate(network, l - 1);
    const { z, a, W, inputs, outputs } = network.layers[l]!;
    product(z, a, W, network.rows, inputs + 1, outputs);
  }
}

/** z_l and a_l of every layer for the batch loaded. */
export function forward(network: Network): void {
  const { z, a, W, inputs, outputs } = network.layers[0]!;
  product(z, a, W, network.rows, inputs + 1, outputs);
  forwardFrom(network, 0);
}

/**
 * Forward at θ + s·d, once θ itself has taken the step and a tangent sweep has gone before it. The first layer's z is
 * linear in the step, z₁ + s·ż₁, and costs no product.
 */
export function forwardAfterStep(network: Network, s: number): void {
  const { z, zDot, outputs } = network.layers[0]!;
  for (let k = 0; k < network.rows * outputs; k++) z.values[k]! += s * zDot.values[k]!;
  forwardFrom(network, 0);
}

/** After `forward`: δ_l and the gradient of every layer; δ_l = (δ_{l+1}W_{l+1}ᵀ)∘φ′(z_l), ∂L/∂W_l = a_{l−1}ᵀδ_l. */
export function backward(network: Network): void {
  const { layers, rows, problem } = network;
  lossGradient(network);
  for (let l = layers.length - 1; l >= 0; l--) {
    const { G, delta, transposedA, transposedW, a, inputs, outputs } = layers[l]!;
    product(G, transposedA, delta, inputs + 1, rows, outputs);
    if (l === 0) return;
    const below = layers[l - 1]!.delta;
    product(below, delta, transposedW, rows, outputs, inputs);
    for (let n = 0, k = 0, from = 0; n < rows; n++, from++) {
      for (let j = 0; j < inputs; j++) below.values[k++]! *= phiPrime(problem.activation, a.values[from++]!);
    }
  }
}

/**
 * After `backward`: one sweep forward along d, which gives the slope and the curvature of the loss along it.
 *
 *     ż_l = a_{l−1}D_l + ȧ_{l−1}W_l        ȧ_l = φ′(z_l)∘ż_l        ȧ_0 = 0
 *     slope     = ⟨δ_L, ż_L⟩
 *     curvature = ż_Lᵀ(∇²ℓ)ż_L + Σ_{l≥2} ⟨δ_l, 2ȧ_{l−1}D_l⟩ + Σ_{l<L} ⟨β_l, φ″(z_l)∘ż_l²⟩
 *
 * with β_l∘φ″(z_l) = δ_l∘(φ″/φ′)(z_l). Exact: it is the second derivative of L(θ + αd) by α, by the chain rule.
 * `sums` is overwritten.
 */
export function tangent(network: Network, sums: Sums): void {
  const { layers, rows } = network;
  const last = layers.length - 1;
  sums.slope = 0;
  sums.curvature = 0;
  sums.curvatureTerms = 0;
  for (let l = 0; l <= last; l++) {
    const { zDot, a, D, inputs, outputs } = layers[l]!;
    product(zDot, a, D, rows, inputs + 1, outputs);
    if (l > 0) addFromBelow(network, l, sums);
    if (l < last) activateTangent(network, l, sums);
  }
  const delta = layers[last]!.delta.values;
  const zDot = layers[last]!.zDot.values;
  for (let k = 0; k < rows * layers[last]!.outputs; k++) sums.slope += delta[k]! * zDot[k]!;
  lossCurvature(network, sums);
}

/** ż_l += ȧ_{l−1}W_l, and ⟨δ_l, 2ȧ_{l−1}D_l⟩ to the curvature. */
function addFromBelow({ layers, rows }: Network, l: number, sums: Sums): void {
  const { zDot, aDot, W, D, aDotW, aDotD, delta, inputs, outputs } = layers[l]!;
  product(aDotW, aDot, W, rows, inputs, outputs);
  product(aDotD, aDot, D, rows, inputs, outputs);
  let curvature = 0;
  let terms = 0;
  for (let k = 0; k < rows * outputs; k++) {
    zDot.values[k]! += aDotW.values[k]!;
    const term = 2 * delta.values[k]! * aDotD.values[k]!;
    curvature += term;
    terms += Math.abs(term);
  }
  sums.curvature += curvature;
  sums.curvatureTerms += terms;
}

/** ȧ_l = φ′(z_l)∘ż_l, and ⟨δ_l, (φ″/φ′)(z_l)∘ż_l²⟩ to the curvature. */
function activateTangent({ layers, rows, problem: { activation } }: Network, l: number, sums: Sums): void {
  const { zDot, delta, outputs } = layers[l]!;
  const { a, aDot } = layers[l + 1]!;
  let curvature = 0;
  let terms = 0;
  for (let n = 0, k = 0, from = 0; n < rows; n++, from++) {
    for (let j = 0; j < outputs; j++, k++, from++) {
      const value = a.values[from]!;
      const rate = zDot.values[k]!;
      // a product, not a choice: 0·NaN is NaN, and a NaN in d must reach the slope through a dead unit too
      aDot.values[k] = phiPrime(activation, value) * rate;
      const term = delta.values[k]! * phiRatio(activation, value) * rate * rate;
      curvature += term;
      terms += Math.abs(term);
    }
  }
  sums.curvature += curvature;
  sums.curvatureTerms += terms;
}
