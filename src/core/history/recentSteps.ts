import { quantile } from "d3-array";
import type { Verdict } from "./alpha";
import type { History } from "./history";

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
  /** α* of the next minibatch, of the steps where that has a minimum. */
  readonly next: readonly number[];
  /** The share of the steps whose d points uphill on the next minibatch, of those that it judged; null where it judged none. */
  readonly nextUphill: number | null;
}

/** @param to the last step of the summary */
export function recentSteps(history: History, to = history.length): RecentSteps {
  const from = Math.max(1, to - windowLength + 1);
  const alphaStar = history.values("alphaStar", from, to);
  const ahead = Array.from(alphaStar).filter((_, i) => history.verdict(from + i) === "minimum");
  const nextAlphaStar = history.values("nextAlphaStar", from, to);
  const nextVerdicts = Array.from(nextAlphaStar, (_, i) => history.nextVerdict(from + i));
  const judged = nextVerdicts.filter((verdict) => verdict !== null);
  const counts = history.verdictCounts(from, to, 1)[0]?.counts;
  return {
    steps: to - from + 1,
    ahead,
    median: quantile(ahead, 0.5) ?? null,
    counts: counts ?? { minimum: 0, behind: 0, concave: 0, flat: 0, diverged: 0 },
    next: Array.from(nextAlphaStar).filter((_, i) => nextVerdicts[i] === "minimum"),
    nextUphill: judged.length > 0 ? judged.filter((verdict) => verdict === "behind").length / judged.length : null,
  };
}
