/**
 * α* is a verdict, not always a number.
 *
 * - `minimum`: curvature > 0 and slope < 0; α* is the best step along d on this batch
 * - `behind`: curvature > 0 and slope ≥ 0; d points uphill on this batch, α* ≤ 0
 * - `concave`: curvature < 0; the parabola has no minimum, and −slope/curvature is its maximum
 * - `flat`: curvature is zero within the rounding of the terms it is summed from; no α*
 * - `diverged`: loss, slope or curvature is not finite
 */
export const verdicts = ["minimum", "behind", "concave", "flat", "diverged"] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * @param curvatureTerms Σ|terms| the curvature is summed from
 * @param rounding relative rounding of such a sum on the engine that made it
 */
export function verdictOf(
  loss: number,
  slope: number,
  curvature: number,
  curvatureTerms: number,
  rounding: number,
): Verdict {
  if (!Number.isFinite(loss) || !Number.isFinite(slope) || !Number.isFinite(curvature)) return "diverged";
  if (Math.abs(curvature) <= rounding * curvatureTerms) return "flat";
  if (curvature < 0) return "concave";
  return slope < 0 ? "minimum" : "behind";
}

/** α* = −slope/curvature, the vertex of the parabola; NaN where it has none (`flat`, `diverged`). */
export function alphaStarOf(verdict: Verdict, slope: number, curvature: number): number {
  return verdict === "flat" || verdict === "diverged" ? Number.NaN : -slope / curvature;
}

/** q(s) − q(0) = slope·s + ½·curvature·s², the change of loss that the parabola predicts for a step s. */
export function predictedChange(slope: number, curvature: number, s: number): number {
  return slope * s + 0.5 * curvature * s * s;
}
