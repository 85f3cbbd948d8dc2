import { quantile } from "d3-array";
import type { Verdict } from "../../core/history/alpha";
import { formatNumber } from "./format";

const labels: readonly (readonly [Exclude<Verdict, "minimum">, string])[] = [
  ["behind", "uphill"],
  ["concave", "with negative curvature"],
  ["flat", "flat"],
  ["diverged", "not finite"],
];

/**
 * Measured steps or minibatches summed up: “50 of the last 200 steps have a best step: median α* 0.90, middle half from 0.85
 * to 0.95; 50 uphill, 3 flat.”
 *
 * @param total the counted things, a noun phrase in the plural: “the last 200 steps”
 * @param ahead α* of those with the verdict `minimum`
 */
export function verdictCountsText(
  total: string,
  ahead: readonly number[],
  counts: Readonly<Partial<Record<Verdict, number>>>,
): string {
  const [low, median, high] = [0.25, 0.5, 0.75].map((p) => formatNumber(quantile(ahead, p) ?? Number.NaN, 2));
  const best = ahead.length > 0 ? `: median α* ${median}, middle half from ${low} to ${high}` : "";
  const others = labels.flatMap(([verdict, label]) => (counts[verdict] ? [`${counts[verdict]} ${label}`] : []));
  const rest = others.length > 0 ? `; ${others.join(", ")}` : "";
  return `${ahead.length} of ${total} ${ahead.length === 1 ? "has" : "have"} a best step${best}${rest}.`;
}
