import type { Point } from "./inspector";
import type { Operator } from "./lanczos";
import type { OtherDirection } from "./probes";

/* What probes make of a point: other directions from it, and its preconditioner. */

/** −g, −m̂ and −sign(g), for this gradient. */
export function otherDirections({ inspection }: Point, gradient: Float64Array) {
  const { m, c1 } = inspection;
  const others: readonly { readonly name: OtherDirection; readonly p: Float64Array }[] = [
    { name: "gradient", p: gradient.map((g) => -g) },
    { name: "momentum", p: m.map((value) => -value / c1) },
    { name: "sign", p: gradient.map((g) => -Math.sign(g)) },
  ];
  return others;
}

/** P^{−1/2} for P = (1 − β₁ᵗ)(√v̂ + ε), c₁ being 1 − β₁ᵗ. Where P had a zero, d would not be finite. */
export function inverseRoot({ inspection: { v, c1, c2, settings } }: Point): Float64Array {
  return v.map((value) => 1 / Math.sqrt(c1 * (Math.sqrt(value / c2) + settings.eps)));
}

/** (2 + 2β₁)/((1 − β₁)·lr), the edge of stability of the step. */
export const thresholdOf = ({ inspection: { settings } }: Point): number =>
  (2 + 2 * settings.beta1) / ((1 - settings.beta1) * settings.lr);

/** SAS for S = diag(root). */
export function scaledBy({ size, times }: Operator, root: Float64Array): Operator {
  const scale = (v: Float64Array) => v.map((x, k) => x * root[k]!);
  return { size, times: (v) => scale(times(scale(v))) };
}
