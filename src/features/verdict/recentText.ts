import { quantile } from "d3-array";
import type { RecentSteps } from "../../core/history/recentSteps";
import { formatNumber } from "../../kit/text/format";
import { verdictCountsText } from "../../kit/text/verdictCounts";

/** The summary as text, for screen readers. */
export function recentText({ steps, ahead, counts, next, nextUphill }: RecentSteps): string {
  if (steps === 0) return "No step measured yet.";
  const own = verdictCountsText(`the last ${steps} step${steps === 1 ? "" : "s"}`, ahead, counts);
  if (nextUphill === null) return own;
  const median = next.length > 0 ? `median α* ${formatNumber(quantile(next, 0.5) ?? Number.NaN, 2)}, ` : "";
  return `${own} On the next minibatch: ${median}${shareText(nextUphill)} of the steps uphill.`;
}

/** A share in whole percent; “<1%” for a smaller share above 0. */
export function shareText(share: number): string {
  return share > 0 && share < 0.005 ? "<1%" : `${Math.round(100 * share)}%`;
}
