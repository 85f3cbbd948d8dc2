import type { TangentSums } from "../sweeper";
import type { Network } from "./network";

/*
 * The loss ℓ as a function of the last layer's z, its gradient, and its second derivative along ż. With z, ż, y of one row:
 *
 *   squared error     Σ(z − y)²/(B·K)            ∂ = 2(z − y)/(B·K)    żᵀ∇²ℓż = 2Σż²/(B·K)
 *   cross-entropy     −Σ y·log softmax(z)/B      ∂ = (p − y)/B         żᵀ∇²ℓż = (Σpż² − (Σpż)²)/B,  p = softmax(z)
 */

/** The mean loss over the loaded rows, from the last layer's z. */
export function lossOf({ problem, layers, y, rows }: Network): number {
  const last = layers.at(-1)!;
  const z = last.z.values;
  const size = rows * last.outputs;
  let total = 0;
  if (problem.loss === "mse") {
    for (let k = 0; k < size; k++) {
      const error = z[k]! - y[k]!;
      total += error * error;
    }
    return total / size;
  }
  for (let k = 0; k < size; k += last.outputs) {
    const logSum = logSumExp(z, k, last.outputs);
    for (let j = k; j < k + last.outputs; j++) total += y[j]! * (logSum - z[j]!);
  }
  return total / rows;
}

/** Writes δ_L = ∂L/∂z_L into the last layer's delta. */
export function lossGradient({ problem, layers, y, rows }: Network): void {
  const last = layers.at(-1)!;
  const z = last.z.values;
  const delta = last.delta.values;
  const size = rows * last.outputs;
  if (problem.loss === "mse") {
    for (let k = 0; k < size; k++) delta[k] = (2 * (z[k]! - y[k]!)) / size;
    return;
  }
  for (let k = 0; k < size; k += last.outputs) {
    const logSum = logSumExp(z, k, last.outputs);
    for (let j = k; j < k + last.outputs; j++) delta[j] = (Math.exp(z[j]! - logSum) - y[j]!) / rows;
  }
}

/**
 * Adds ż_Lᵀ(∇²ℓ)ż_L to the curvature and to those of the rows, and writes it as `gaussNewton`. For cross-entropy this is the variance of ż under p, summed about the mean μ so that
 * nothing cancels. The terms are those of Σp(ż − μ)² = Σp(ż − μ)ż − Σp(ż − μ)μ, which bound the effect of rounding in ż.
 */
export function lossCurvature({ problem, layers, rows, rowCurvature }: Network, sums: TangentSums): void {
  const last = layers.at(-1)!;
  const z = last.z.values;
  const zDot = last.zDot.values;
  const size = rows * last.outputs;
  let curvature = 0;
  let terms = 0;
  if (problem.loss === "mse") {
    const factor = 2 / size;
    for (let row = 0, k = 0; row < rows; row++) {
      let part = 0;
      for (const end = k + last.outputs; k < end; k++) {
        const term = zDot[k]! * zDot[k]!;
        curvature += term;
        part += term;
      }
      rowCurvature[row]! += factor * part;
    }
    curvature *= factor;
    terms = curvature;
  } else {
    for (let row = 0, k = 0; row < rows; row++, k += last.outputs) {
      const logSum = logSumExp(z, k, last.outputs);
      let mean = 0;
      let part = 0;
      for (let j = k; j < k + last.outputs; j++) mean += Math.exp(z[j]! - logSum) * zDot[j]!;
      for (let j = k; j < k + last.outputs; j++) {
        const p = Math.exp(z[j]! - logSum);
        const deviation = zDot[j]! - mean;
        const term = p * deviation * deviation;
        curvature += term;
        part += term;
        terms += p * Math.abs(deviation) * (Math.abs(zDot[j]!) + Math.abs(mean));
      }
      rowCurvature[row]! += part / rows;
    }
    curvature /= rows;
    terms /= rows;
  }
  sums.gaussNewton = curvature;
  sums.curvature += curvature;
  sums.curvatureTerms += terms;
}

/**
 * Writes δ̇_L = (∇²ℓ)ż_L, the derivative of δ_L along d, into `into`: 2ż/(B·K) for squared error, p∘(ż − Σpż)/B for
 * cross-entropy.
 */
export function lossGradientTangent({ problem, layers, rows }: Network, into: Float64Array): void {
  const last = layers.at(-1)!;
  const z = last.z.values;
  const zDot = last.zDot.values;
  const size = rows * last.outputs;
  if (problem.loss === "mse") {
    for (let k = 0; k < size; k++) into[k] = (2 * zDot[k]!) / size;
    return;
  }
  for (let k = 0; k < size; k += last.outputs) {
    const logSum = logSumExp(z, k, last.outputs);
    let mean = 0;
    for (let j = k; j < k + last.outputs; j++) mean += Math.exp(z[j]! - logSum) * zDot[j]!;
    for (let j = k; j < k + last.outputs; j++) into[j] = (Math.exp(z[j]! - logSum) * (zDot[j]! - mean)) / rows;
  }
}

/** log Σ exp(z) over `count` entries from `start`, relative to their maximum so that nothing overflows. */
function logSumExp(z: Float64Array, start: number, count: number): number {
  let max = Number.NEGATIVE_INFINITY;
  for (let j = start; j < start + count; j++) max = Math.max(max, z[j]!);
  let sum = 0;
  for (let j = start; j < start + count; j++) sum += Math.exp(z[j]! - max);
  return max + Math.log(sum);
}
