import { rollup } from "d3-array";
import type { Verdict } from "../../core/history/alpha";
import { predictedChange } from "../../core/history/alpha";
import { edgeFormulas, noThreshold } from "../../core/recipe/edgeText";
import type { Optimiser } from "../../core/recipe/recipe";
import type { DirectionProbe, ExtremesProbe, QuadraticModel, ResamplesProbe } from "../../engine/inspect/probes/probes";
import type { Axes } from "../../engine/linalg/axes";
import type { EigenvalueEstimate } from "../../engine/linalg/lanczos";
import { formatCount, formatNumber } from "../../kit/text/format";
import { verdictCountsText } from "../../kit/text/verdictCounts";
import { sumOf } from "./sharesPicture";

/** Texts for the verdicts without a best step. */
const noStepTexts: Partial<Record<Verdict, string>> = { concave: "concave", flat: "flat", diverged: "–" };

/** α* in a table cell: a number of either sign where the curvature is positive, else the verdict. */
export function alphaStarText({ verdict, alphaStar }: Pick<QuadraticModel, "verdict" | "alphaStar">): string {
  return noStepTexts[verdict] ?? formatNumber(alphaStar, 3);
}

/** ‖α*p‖ and the change of loss that the quadratic model predicts for this step; dashes where the verdict is not `minimum`. */
export function bestStepOf({ verdict, alphaStar, slope, curvature, norm }: Omit<DirectionProbe, "name" | "cosine">) {
  if (verdict !== "minimum") return { distance: "–", lossChange: "–" };
  return {
    distance: formatNumber(alphaStar * norm, 3),
    lossChange: formatNumber(predictedChange(slope, curvature, alphaStar), 3),
  };
}

/** The best steps of d on K other minibatches: how many there are, their median and quartiles, and the other verdicts. */
export function resamplesText({ found, batchSize }: ResamplesProbe): string {
  const ahead = found.filter(({ verdict }) => verdict === "minimum").map(({ alphaStar }) => alphaStar);
  const counts = Object.fromEntries(
    rollup(
      found,
      (same) => same.length,
      ({ verdict }) => verdict,
    ),
  );
  return verdictCountsText(`${found.length} batches of ${formatCount(batchSize)}`, ahead, counts);
}

/** An eigenvalue, with its error bound where the error changes the first three digits. */
export function eigenvalueText({ value, error }: EigenvalueEstimate): string {
  const visible = error > 0.005 * Math.abs(value);
  return visible ? `${formatNumber(value, 2)} ± ${formatNumber(error, 1)}` : formatNumber(value, 3);
}

/** λmax of P⁻½HP⁻½ as a share of the stability threshold, or the reason why a threshold is not defined. */
export function edgeText({ preconditioned, threshold }: ExtremesProbe, optimiser: Optimiser): string {
  if (edgeFormulas[optimiser].threshold === null) return noThreshold;
  if (threshold === null) return "No stability threshold: the step size is σ·α*, not a fixed learning rate.";
  const { value } = preconditioned.largest;
  const share = value / threshold;
  // Of a threshold that is not positive, a share has no meaning.
  const beyond = threshold > 0 ? share > 1.05 : value > threshold;
  const at = threshold > 0 && !beyond && share >= 0.95;
  const position = beyond ? "beyond the edge" : at ? "at the edge" : "below the edge";
  return `λmax of P⁻½HP⁻½ is ${shareText(value, threshold)} ${formatNumber(threshold, 3)}: ${position} of stability.`;
}

/** λmax relative to the threshold, for example “99.7% of the threshold”. */
export function shareText(largest: number, threshold: number, digits = 3): string {
  if (threshold <= 0) return `${largest > threshold ? "above" : "not above"} the threshold`;
  return `${formatNumber((100 * largest) / threshold, digits)}% of the threshold`;
}

/**
 * The shares of the eigenvector of λmax in d, and 1/α*, for which all eigenvectors count.
 *
 * @param square the squared length of d as a formula
 */
export function sharesText({ values, slopes, curvatures, squares }: Axes, complete: boolean, square: string): string {
  const last = values.length - 1;
  const shareIn = (parts: Float64Array) => {
    const total = sumOf(parts);
    return total === 0 ? "–" : `${formatNumber((100 * parts[last]!) / total, 2)}%`;
  };
  const [slope, curvature] = [sumOf(slopes), sumOf(curvatures)];
  const vector = complete ? "eigenvector" : "Ritz vector";
  const best =
    slope < 0 && curvature > 0 ? ` 1/α* = ${formatNumber(-curvature / slope, 3)} sums over all ${vector}s.` : "";
  return `The ${vector} of λmax = ${formatNumber(values[last]!, 3)} holds ${shareIn(curvatures)} of dᵀHd, ${shareIn(slopes)} of dᵀg and ${shareIn(squares)} of ${square}.${best}`;
}

/** A Ritz value whose error is below this share of its magnitude counts as an eigenvalue. */
const accurate = 0.01;

/** The coverage of Ritz vectors: all of d, and the share of its squared length in those that are eigenvectors but for 1%. */
export function ritzText({ values, errors, squares }: Axes, parameters: number, square: string): string {
  const isAccurate = (k: number) => errors[k]! <= accurate * Math.abs(values[k]!);
  const found = [...values.keys()].filter(isAccurate);
  const share = found.reduce((sum, k) => sum + squares[k]!, 0) / sumOf(squares);
  return `${values.length} Ritz vectors for ${formatCount(parameters)} parameters hold all of d. ${found.length} Ritz values are eigenvalues within 1%: their vectors hold ${formatNumber(100 * share, 2)}% of ${square}.`;
}
