import { quantile } from "d3-array";
import type { Verdict } from "../../core/history/alpha";
import type { History } from "../../core/history/history";
import { verdictCountsText } from "../../kit/text/verdictCounts";

/** The number of steps that the ruler summarises. */
const windowLength = 200;

/** A summary of the last steps of a run. */
export interface RecentSteps {
  /** `windowLength`, or all steps of a shorter run. */
  readonly steps: number;
  /** α* of the steps with a minimum. */
  readonly ahead: readonly number[];
  /** The median of `ahead`; null where it is empty. */
  readonly median: number | null;
  readonly counts: Readonly<Record<Verdict, number>>;
}

/** @param to the last step of the summary */
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

/** The summary as text, for screen readers. */
export function recentText({ steps, ahead, counts }: RecentSteps): string {
  if (steps === 0) return "No step measured yet.";
  return verdictCountsText(`the last ${steps} step${steps === 1 ? "" : "s"}`, ahead, counts);
}
