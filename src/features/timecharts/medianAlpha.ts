import { quantile } from "d3-array";
import type { History } from "../../core/history/history";

/** Steps in the running median that is drawn of another run: its single steps would hide those of the current run. */
const medianWindow = 32;

/** The median α* of the last `medianWindow` steps up to `step`, of those with a minimum; null where there is none. */
export function medianAlpha(history: History, step: number): number | null {
  const from = Math.max(1, step - medianWindow + 1);
  const ahead = history.values("alphaStar", from, step).filter((_, i) => history.verdict(from + i) === "minimum");
  return quantile(ahead, 0.5) ?? null;
}
