import type { LiveSettings } from "../recipe/recipe";

/**
 * The kinds of the quadratic model q(α) at a step.
 *
 * - `minimum`: curvature > 0 and slope < 0; the minimum of q is ahead, at α* > 0
 * - `behind`: curvature > 0 and slope ≥ 0; d is not a descent direction, and the minimum of q is at α* ≤ 0
 * - `concave`: curvature < 0; q has no minimum, and α* is its maximum
 * - `flat`: curvature is zero within the rounding error of its sum; α* is undefined
 * - `diverged`: loss, slope or curvature is not finite
 */
export const verdicts = ["minimum", "behind", "concave", "flat", "diverged"] as const;
export type Verdict = (typeof verdicts)[number];

/**
 * @param curvatureTerms Σ|terms| of the sum that gives the curvature
 * @param rounding the relative rounding error of that sum on the engine that computed it
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

/** α* = −slope/curvature, the vertex of q; NaN for the verdicts `flat` and `diverged`. */
export function alphaStarOf(verdict: Verdict, slope: number, curvature: number): number {
  return verdict === "flat" || verdict === "diverged" ? Number.NaN : -slope / curvature;
}

/** q(s) − q(0) = slope·s + ½·curvature·s²: the change of the minibatch loss that q predicts for a step size s. */
export function predictedChange(slope: number, curvature: number, s: number): number {
  return slope * s + 0.5 * curvature * s * s;
}

/**
 * The step size of a greedy rule: σ·α* where the verdict is `minimum`; for `alphaStarGN` −σ·dᵀg/dᵀGd where slope < 0 and
 * dᵀGd > 0, also where the curvature is negative. null where the step size is lr.
 */
export function greedyStep(
  { rule, sigma }: Pick<LiveSettings, "rule" | "sigma">,
  verdict: Verdict,
  slope: number,
  curvature: number,
  gaussNewton: number,
): number | null {
  if (rule === "alphaStar" && verdict === "minimum") return sigma * (-slope / curvature);
  if (rule === "alphaStarGN" && verdict !== "diverged" && slope < 0 && gaussNewton > 0)
    return sigma * (-slope / gaussNewton);
  return null;
}
