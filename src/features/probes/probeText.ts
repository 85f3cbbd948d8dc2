import { quantile } from "d3-array";
import type { Verdict } from "../../core/history/alpha";
import { predictedChange } from "../../core/history/alpha";
import type { Bounded } from "../../engine/inspect/lanczos";
import type { DirectionProbe, ExtremesProbe, Measured, ResamplesProbe } from "../../engine/inspect/probes";
import { formatCount, formatNumber } from "../../kit/text/format";

/** What stands in place of an α* that is none. */
const without: Partial<Record<Verdict, string>> = { concave: "concave", flat: "flat", diverged: "–" };

/** α* as the tables write it: a number wherever there is a best step, ahead or behind; else the verdict. */
export function alphaStarText({ verdict, alphaStar }: Pick<Measured, "verdict" | "alphaStar">): string {
  return without[verdict] ?? formatNumber(alphaStar, 3);
}

/** How far the best step goes, and by how much the parabola says that the loss falls there; nothing without a minimum ahead. */
export function bestStepOf({ verdict, alphaStar, slope, curvature, norm }: Omit<DirectionProbe, "name">) {
  if (verdict !== "minimum") return { reach: "–", change: "–" };
  return {
    reach: formatNumber(alphaStar * norm, 3),
    change: formatNumber(predictedChange(slope, curvature, alphaStar), 3),
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

/** An eigenvalue, with its error where that shows in three digits. */
export function eigenvalueText({ value, error }: Bounded): string {
  const shows = error > 0.005 * Math.abs(value);
  return shows ? `${formatNumber(value, 2)} ± ${formatNumber(error, 1)}` : formatNumber(value, 3);
}

/** Where the largest preconditioned eigenvalue stands against the edge of stability, or why there is none. */
export function edgeText({ preconditioned, threshold }: ExtremesProbe): string {
  if (threshold === null) return "The step is σ·α*, not lr: there is no threshold for λmax of the second to come to.";
  const share = preconditioned.largest.value / threshold;
  const place = share > 1.05 ? "beyond the edge" : share < 0.95 ? "short of the edge" : "at the edge";
  return `λmax of the second is ${formatNumber(share, 3)} of the threshold ${formatNumber(threshold, 3)}: ${place} of stability.`;
}
