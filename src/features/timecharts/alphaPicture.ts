import type { Verdict } from "../../core/history/alpha";
import { type Domain, logDomain, withLanes, withoutLanes } from "../../kit/chart/domains";
import { extentOf, type Row, rowsOf, verdictsOf } from "../../kit/chart/rows";
import type { ChartSource } from "../../kit/redraw/source";
import { type Distribution, distributionOf, medianRows, shownRange } from "../../kit/timechart/distribution";
import { extentWith, type RunLine, runLines } from "../../kit/timechart/runLines";
import { currentAxis } from "../../kit/timechart/zoom";

/** α* and the learning rate over the steps. */
export interface AlphaPicture {
  readonly x: Domain;
  readonly y: Domain;
  /** The learning rate, as `lr`. */
  readonly rows: readonly Row[];
  /** α* of the steps with a minimum. */
  readonly best: Distribution;
  /** α* of the next minibatch of the steps at which that minibatch has a minimum ahead. */
  readonly next: Distribution;
  /** The parts with steps without a minimum at a positive α*, by verdict. */
  readonly without: Readonly<Record<"behind" | "concave" | "flat", readonly { readonly step: number }[]>>;
  /** Steps in a part. */
  readonly size: number;
  readonly lines: readonly RunLine[];
}

export function alphaPicture(source: ChartSource, before: AlphaPicture | null, width: number): AlphaPicture {
  const history = source.history();
  const { x, partsOn } = currentAxis(source, width, 5);
  const parts = partsOn(history);
  const lines = runLines(source, (other) => medianRows(other, partsOn(other), "alphaStar"));
  const rows = rowsOf(history, parts, { lr: "lr" });
  const best = distributionOf(history, parts, "alphaStar");
  const next = distributionOf(history, parts, "nextAlphaStar");
  const middle = (parts.size - 1) / 2;
  const verdicts = verdictsOf(history, parts);
  const partsWith = (verdict: Verdict) =>
    verdicts.filter(({ counts }) => counts[verdict] > 0).map(({ from }) => ({ step: from + middle }));

  const [lowest, highest] = extentOf(
    rows.filter(({ lr }) => lr),
    ["lr"],
  );
  const [least, most] = shownRange([best, next], "log");
  const rates = Math.max(lowest, rateRange * highest);
  const [min, max] = extentWith(lines, [Math.min(rates, least), Math.max(highest, most)]);
  return {
    rows,
    x,
    y: withLanes(logDomain(min, max, before && withoutLanes(before.y))),
    best,
    next,
    without: { behind: partsWith("behind"), concave: partsWith("concave"), flat: partsWith("flat") },
    size: parts.size,
    lines,
  };
}

/** A schedule may decay to 0, beyond any logarithmic axis: this share of the greatest lr stays on the axis. */
const rateRange = 1e-5;
