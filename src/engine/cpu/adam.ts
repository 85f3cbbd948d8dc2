import type { State, StepSettings } from "../engine";

/**
 * Adam takes the gradient in and gives its direction; applying it is the caller's.
 *
 *     m ← β₁m + (1 − β₁)g        v ← β₂v + (1 − β₂)g²        d = −(m/c₁) / (√(v/c₂) + ε)
 *
 * With ε = 0 a weight that has never had a gradient gives 0/0 = NaN, as in PyTorch.
 */
export function adam({ m, v }: State, gradient: Float64Array, settings: StepSettings, direction: Float64Array): void {
  const { beta1, beta2, eps, c1, c2 } = settings;
  for (let k = 0; k < gradient.length; k++) {
    const g = gradient[k]!;
    const mk = beta1 * m[k]! + (1 - beta1) * g;
    const vk = beta2 * v[k]! + (1 - beta2) * g * g;
    m[k] = mk;
    v[k] = vk;
    direction[k] = -(mk / c1) / (Math.sqrt(vk / c2) + eps);
  }
}

/** θ ← θ + s·d */
export function applyStep(theta: Float64Array, direction: Float64Array, s: number): void {
  for (let k = 0; k < theta.length; k++) theta[k]! += s * direction[k]!;
}
