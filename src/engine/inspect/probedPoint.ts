import { thresholdOf } from "../../core/history/threshold";
import { optimisers } from "../../core/recipe/optimisers";
import type { Optimiser } from "../../core/recipe/recipe";
import type { Point } from "./inspector";
import type { Operator } from "./lanczos";
import type { OtherDirection } from "./probes";

/* What probes make of a point: other directions from it, its preconditioner and its edge of stability. */

/** −g and −sign(g) for this gradient, and −m̂ = −m/c₁ where the optimiser has momentum. */
export function otherDirections({ inspection }: Point, gradient: Float64Array, optimiser: Optimiser) {
  const { m, update } = inspection;
  const others: readonly { readonly name: OtherDirection; readonly p: Float64Array }[] = [
    { name: "gradient", p: gradient.map((g) => -g) },
    { name: "momentum", p: m.map((value) => -value / update.c1) },
    { name: "sign", p: gradient.map((g) => -Math.sign(g)) },
  ];
  return others.filter(({ name }) => name !== "momentum" || optimisers[optimiser].momentum);
}

/**
 * P^{−1/2}, where P is what d divides the momentum by: c₁(√(vWeight·v) + floor), which is (1 − β₁ᵗ)(√v̂ + ε) for Adam and
 * 1 for plain descent. Where P had a zero, d would not be finite.
 */
export function inverseRoot({ inspection: { v, vMax, update } }: Point): Float64Array {
  const { c1, vWeight, floor } = update;
  return (vMax.length > 0 ? vMax : v).map((value) => 1 / Math.sqrt(c1 * (Math.sqrt(vWeight * value) + floor)));
}

/** The edge of stability of the step; null where it is not by lr. */
export const edgeOf = ({ inspection: { settings, step } }: Point, optimiser: Optimiser): number | null =>
  thresholdOf(optimiser, settings, step);

/** SAS for S = diag(root). */
export function scaledBy({ size, times }: Operator, root: Float64Array): Operator {
  const scale = (v: Float64Array) => v.map((x, k) => x * root[k]!);
  return { size, times: (v) => scale(times(scale(v))) };
}
