import type { Activation } from "../core/recipe/recipe";

/**
 * The activations, each as a function of z or of its own value a = φ(z), so that a sweep stores a alone.
 * The string is compared inside: a loop over one activation predicts that branch, and no call is left after inlining.
 */

/** a = φ(z). NaN stays NaN, in relu too: a diverged unit must not look like a dead one. */
export function phi(activation: Activation, z: number): number {
  if (activation === "relu") return z < 0 ? 0 : z;
  if (activation === "tanh") return Math.tanh(z);
  return 1 / (1 + Math.exp(-z));
}

/** φ′(z) from a = φ(z). At relu's kink 0, as in PyTorch. */
export function phiPrime(activation: Activation, a: number): number {
  if (activation === "relu") return a > 0 ? 1 : 0;
  if (activation === "tanh") return 1 - a * a;
  return a * (1 - a);
}

/**
 * φ″(z)/φ′(z) from a = φ(z). With δ = β∘φ′(z) this gives β∘φ″(z) = δ∘(φ″/φ′), so β needs no storage; where φ′ has
 * vanished (a saturated unit), δ and with it the product is 0, as φ″ is.
 */
export function phiRatio(activation: Activation, a: number): number {
  if (activation === "relu") return 0;
  if (activation === "tanh") return -2 * a;
  return 1 - 2 * a;
}
