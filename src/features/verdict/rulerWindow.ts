import { quantile } from "d3-array";
import type { Verdict } from "../../core/history/alpha";
import type { History } from "../../core/history/history";
import { formatNumber } from "../../kit/text/format";

/** Steps the ruler looks back over. */
export const windowLength = 200;

/** What the last steps of a run had in common. */
export interface RecentSteps {
  /** Steps looked at: `windowLength`, or as many as there are. */
  readonly steps: number;
  /** α* of those with a minimum ahead. */
  readonly ahead: readonly number[];
  /** Their median; null without any. */
  readonly median: number | null;
  readonly counts: Readonly<Record<Verdict, number>>;
}

/** @param to the last of the steps looked at */
export function recentSteps(history: History, to = history.length): RecentSteps {
  const from = Math.max(1, to - windowLength + 1);
  const alphaStar = history.values("alphaStar", from, to);
  const ahead = Array.from(alphaStar).filter((_, i) => history.verdict(from + i) === "minimum");
  const counts = history.verdictCounts(from, to, 1)[0]?.counts;
  return {
    steps: to - from + 1,
    ahead,
    median: quantile(ahead, 0.5) ?? null,
    counts: counts ?? { minimum: 0, behind: 0, concave: 0, flat: 0, diverged: 0 },
  };
}

/** The window in words, for those who do not see the ruler. */
export function recentText({ steps, ahead, median, counts }: RecentSteps): string {
  if (steps === 0) return "No step measured yet.";
  const number = (x: number | undefined) => formatNumber(x ?? Number.NaN, 2);
  const middle =
    median === null
      ? ""
      : `: half of their α* between ${number(quantile(ahead, 0.25))} and ${number(quantile(ahead, 0.75))}, median ${number(median)}`;
  const diverged = counts.diverged > 0 ? `, ${counts.diverged} diverged` : "";
  return (
    `Of the last ${steps === 1 ? "step" : `${steps} steps`} ${counts.minimum} ${counts.minimum === 1 ? "has" : "have"} a best step ahead${middle}. ` +
    `${counts.behind} uphill, ${counts.concave} with negative curvature, ${counts.flat} flat${diverged}.`
  );
}
