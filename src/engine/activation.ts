import type { Activation } from "../core/recipe/recipe";

/**
 * The activations φ(z), with derivatives as functions of a = φ(z), so that a sweep stores a alone. The name of the activation
 * is compared in the inner loop: the branch predictor makes the comparison cheap, and the compiler inlines the functions.
 */

/** a = φ(z). NaN gives NaN for relu too: a diverged unit must not pass for a dead one. */
export function phi(activation: Activation, z: number): number {
  if (activation === "relu") return z < 0 ? 0 : z;
  if (activation === "tanh") return Math.tanh(z);
  return 1 / (1 + Math.exp(-z));
}

/** φ′(z) from a = φ(z). 0 at the kink of relu, as in PyTorch. */
export function phiPrime(activation: Activation, a: number): number {
  if (activation === "relu") return a > 0 ? 1 : 0;
  if (activation === "tanh") return 1 - a * a;
  return a * (1 - a);
}

/**
 * φ″(z)/φ′(z) from a = φ(z). With δ = β∘φ′(z), β∘φ″(z) = δ∘(φ″/φ′), so that β needs no storage. Where φ′ is 0 (a saturated
 * unit), δ and the product are 0, as φ″ is.
 */
export function phiRatio(activation: Activation, a: number): number {
  if (activation === "relu") return 0;
  if (activation === "tanh") return -2 * a;
  return 1 - 2 * a;
}
