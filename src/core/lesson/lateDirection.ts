import type { Tensor } from "../data/problem";
import type { LiveSettings } from "../recipe/recipe";

/** Adam's moment estimates after a step, of length P. */
export interface Moments {
  readonly m: Float64Array;
  readonly v: Float64Array;
}

/**
 * The direction that the notebook computes at step t: from the moment estimates before their update with the step's gradient,
 * and with a step counter that both the notebook and Adam advance, which is 2t − 1 at that time.
 *
 *     −(m_{t−1} / (1 − β₁^{2t−1})) / (√(v_{t−1} / (1 − β₂^{2t−1})) + ε)
 *
 * The result is 0 for m = 0, also with ε = 0.
 *
 * @param before the moment estimates after step t − 1; zeros at the first step
 */
export function lateDirection(
  before: Moments,
  step: number,
  { beta1, beta2, eps }: Pick<LiveSettings, "beta1" | "beta2" | "eps">,
): Float64Array {
  const counter = 2 * step - 1;
  const [c1, c2] = [1 - beta1 ** counter, 1 - beta2 ** counter];
  return before.m.map((m, i) => (m === 0 ? 0 : -(m / c1) / (Math.sqrt((before.v[i] as number) / c2) + eps)));
}

/** The notebook's direction compared with Adam's. */
export interface Comparison {
  /** The norms of both directions, per tensor. */
  readonly norms: readonly { readonly name: string; readonly late: number; readonly own: number }[];
  /** The norm of the late direction over the norm of Adam's, over all parameters. */
  readonly lengths: number;
  /** The cosine of the angle between them, over all parameters; NaN if either is 0. */
  readonly cosine: number;
}

export function compareDirections(tensors: readonly Tensor[], late: Float64Array, own: Float64Array): Comparison {
  const norm = (x: Float64Array) => Math.hypot(...blockNorms(x, tensors));
  const dot = late.reduce((sum, value, i) => sum + value * (own[i] as number), 0);
  const [lateNorm, ownNorm] = [norm(late), norm(own)];
  const [ofLate, ofOwn] = [blockNorms(late, tensors), blockNorms(own, tensors)];
  return {
    norms: tensors.map(({ name }, t) => ({ name, late: ofLate[t] as number, own: ofOwn[t] as number })),
    lengths: lateNorm / ownNorm,
    cosine: lateNorm === 0 || ownNorm === 0 ? Number.NaN : dot / (lateNorm * ownNorm),
  };
}

function blockNorms(x: Float64Array, tensors: readonly Tensor[]): number[] {
  return tensors.map(({ offset, size }) =>
    Math.sqrt(x.subarray(offset, offset + size).reduce((sum, value) => sum + value * value, 0)),
  );
}
