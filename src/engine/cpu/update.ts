import type { LinearUpdate, State } from "../../core/recipe/optimisers";

/**
 * The optimiser takes the gradient in and gives its direction; applying it is the caller's. See `LinearUpdate` for the formulas.
 *
 * With ε = 0 a weight that has never had a gradient gives 0/0 = NaN, as in PyTorch.
 */
export function takeIn(state: State, gradient: Float64Array, update: LinearUpdate, direction: Float64Array): void {
  const { theta, m, v, vMax } = state;
  const { mKeep, mTake, vKeep, vTake, mWeight, gWeight, vWeight, floor, decay } = update;
  const keepsMax = vMax.length > 0;
  for (let k = 0; k < gradient.length; k++) {
    const g = gradient[k]!;
    const mk = mKeep * m[k]! + mTake * g;
    m[k] = mk;
    // Where nothing divides by √v, a g whose square is past all numbers does no harm.
    let vk = vWeight > 0 ? vKeep * v[k]! + vTake * g * g : 0;
    v[k] = vk;
    if (keepsMax) vMax[k] = vk = Math.max(vMax[k]!, vk);
    const d = -(mWeight * mk + gWeight * g) / (Math.sqrt(vWeight * vk) + floor);
    direction[k] = decay === 0 ? d : d - decay * theta[k]!;
  }
}

/** θ ← θ + s·d */
export function applyStep(theta: Float64Array, direction: Float64Array, s: number): void {
  for (let k = 0; k < theta.length; k++) theta[k]! += s * direction[k]!;
}
