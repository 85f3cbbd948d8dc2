import { quantile } from "d3-array";
import type { Verdict } from "../../core/history/alpha";
import { predictedChange } from "../../core/history/alpha";
import type { DirectionProbe, ExtremesProbe, QuadraticModel, ResamplesProbe } from "../../engine/inspect/probes";
import type { EigenvalueEstimate } from "../../engine/linalg/lanczos";
import { formatCount, formatNumber } from "../../kit/text/format";

/** Texts for the verdicts without a best step. */
const noStepTexts: Partial<Record<Verdict, string>> = { concave: "concave", flat: "flat", diverged: "–" };

/** α* in a table cell: a number of either sign where the curvature is positive, else the verdict. */
export function alphaStarText({ verdict, alphaStar }: Pick<QuadraticModel, "verdict" | "alphaStar">): string {
  return noStepTexts[verdict] ?? formatNumber(alphaStar, 3);
}

/** ‖α*p‖ and the change of loss that the quadratic model predicts for this step; dashes where the verdict is not `minimum`. */
export function bestStepOf({ verdict, alphaStar, slope, curvature, norm }: Omit<DirectionProbe, "name">) {
  if (verdict !== "minimum") return { distance: "–", lossChange: "–" };
  return {
    distance: formatNumber(alphaStar * norm, 3),
    lossChange: formatNumber(predictedChange(slope, curvature, alphaStar), 3),
  };
}

const words: readonly (readonly [Verdict, string])[] = [
  ["behind", "uphill"],
  ["concave", "with negative curvature"],
  ["flat", "flat"],
  ["diverged", "not finite"],
];

/** What K other minibatches say of d: how many have a best step ahead, where the middle of those lies, and what the rest are. */
export function resamplesText({ found, batchSize }: ResamplesProbe): string {
  const ahead = found.filter(({ verdict }) => verdict === "minimum").map(({ alphaStar }) => alphaStar);
  const others = words
    .map(([verdict, text]) => [found.filter((one) => one.verdict === verdict).length, text] as const)
    .filter(([count]) => count > 0)
    .map(([count, text]) => `, ${count} ${text}`)
    .join("");
  const [low, middle, high] = [0.25, 0.5, 0.75].map((p) => formatNumber(quantile(ahead, p) ?? Number.NaN, 2));
  const place = ahead.length > 0 ? `: median α* ${middle}, half of them from ${low} to ${high}` : "";
  return `${ahead.length} of ${found.length} batches of ${formatCount(batchSize)} have a best step ahead${place}${others}.`;
}

/** An eigenvalue, with its error bound where the error changes the first three digits. */
export function eigenvalueText({ value, error }: EigenvalueEstimate): string {
  const visible = error > 0.005 * Math.abs(value);
  return visible ? `${formatNumber(value, 2)} ± ${formatNumber(error, 1)}` : formatNumber(value, 3);
}

/** λmax of P⁻½HP⁻½ as a share of the stability threshold; for the step rule σ·α* a threshold is not defined. */
export function edgeText({ preconditioned, threshold }: ExtremesProbe): string {
  if (threshold === null) return "No stability threshold: the step size is σ·α*, not a fixed learning rate.";
  const share = preconditioned.largest.value / threshold;
  const position = share > 1.05 ? "beyond the edge" : share < 0.95 ? "below the edge" : "at the edge";
  return `λmax of P⁻½HP⁻½ is ${formatNumber(100 * share, 3)}% of the threshold ${formatNumber(threshold, 3)}: ${position} of stability.`;
}
