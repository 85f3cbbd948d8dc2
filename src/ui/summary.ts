import { median } from "d3-array";
import type { History } from "../core/history";

/** Steps the running summary looks back over. */
export const summaryLength = 200;

/** What the verdicts of the last steps were. */
export interface Summary {
  /** Steps looked at: `summaryLength`, or as many as there are. */
  readonly steps: number;
  /** The median α* of those with a minimum ahead; null without any. */
  readonly median: number | null;
  readonly uphill: number;
  /** Concave or flat: the parabola has no minimum. */
  readonly without: number;
}

export function summaryOf(history: History): Summary {
  const to = history.length;
  const from = Math.max(1, to - summaryLength + 1);
  const alphaStar = history.values("alphaStar", from, to);
  const ahead = alphaStar.filter((_, i) => history.verdict(from + i) === "minimum");
  const counts = history.verdictCounts(from, to, 1)[0]?.counts;
  return {
    steps: to - from + 1,
    median: median(ahead) ?? null,
    uphill: counts?.behind ?? 0,
    without: (counts?.concave ?? 0) + (counts?.flat ?? 0),
  };
}
