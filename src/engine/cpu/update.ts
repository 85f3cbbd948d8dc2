import type { ElementwiseUpdate, State } from "../../core/recipe/optimisers";

/**
 * Updates the moment estimates of `state` with the gradient, and writes the optimiser's d into `direction`. θ is not changed:
 * see `applyStep`. The formulas are those of `ElementwiseUpdate`.
 *
 * With ε = 0 a parameter whose gradient has always been 0 gives d = 0/0 = NaN, as in PyTorch.
 */
export function updateMoments(
  state: State,
  gradient: Float64Array,
  update: ElementwiseUpdate,
  direction: Float64Array,
): void {
  const { theta, m, v, vMax } = state;
  const { mKeep, mTake, vKeep, vTake, mWeight, gWeight, vWeight, floor, decay, sign } = update;
  const keepsMax = vMax.length > 0;
  for (let k = 0; k < gradient.length; k++) {
    const g = gradient[k]!;
    const before = m[k]!;
    const mk = mKeep * before + mTake * g;
    m[k] = mk;
    // Where d is not divided by √v, an overflow of g² must not reach d.
    let vk = vWeight > 0 ? vKeep * v[k]! + vTake * g * g : 0;
    v[k] = vk;
    if (keepsMax) vMax[k] = vk = Math.max(vMax[k]!, vk);
    const d = sign
      ? -Math.sign(mWeight * before + gWeight * g)
      : -(mWeight * mk + gWeight * g) / (Math.sqrt(vWeight * vk) + floor);
    direction[k] = decay === 0 ? d : d - decay * theta[k]!;
  }
}

/** θ ← θ + s·d */
export function applyStep(theta: Float64Array, direction: Float64Array, s: number): void {
  for (let k = 0; k < theta.length; k++) theta[k]! += s * direction[k]!;
}
