import type { Verdict } from "../../core/history/alpha";
import { type Domain, logDomain } from "../../kit/chart/domains";
import type { Mark } from "../../kit/chart/Marks";
import { bucketsOf, extentOf, partStarts, type Row, rowsOf, verdictsOf } from "../../kit/chart/rows";
import type { ChartSource } from "../../kit/redraw/source";
import { extentWith, type RunLine, runLines } from "../../kit/timechart/runLines";
import { currentAxis } from "../../kit/timechart/zoom";
import { medianAlpha } from "./medianAlpha";

/** α* and the learning rate over the steps. */
export interface AlphaPicture {
  readonly x: Domain;
  readonly y: Domain;
  /** The learning rate, as `lr`. */
  readonly rows: readonly Row[];
  /** The range of α* in each part, of steps with a minimum. */
  readonly best: readonly Mark[];
  /** The parts with steps without a minimum at a positive α*, by verdict. */
  readonly without: Readonly<Record<"behind" | "concave" | "flat", readonly { readonly step: number }[]>>;
  /** Steps in a part. */
  readonly size: number;
  readonly lines: readonly RunLine[];
}

export function alphaPicture(source: ChartSource, before: AlphaPicture | null): AlphaPicture {
  const history = source.history();
  const { x, partsOn } = currentAxis(source, 5);
  const parts = partsOn(history);
  const lines = runLines(source, (other) =>
    partStarts(partsOn(other)).map((step) => ({ step, value: medianAlpha(other, step) })),
  );
  const rows = rowsOf(history, parts, { lr: "lr" });
  const middle = (parts.size - 1) / 2;
  const best = bucketsOf(history, parts, "alphaStar").map(({ from, min, max }) => ({
    step: from + middle,
    lo: min,
    hi: max,
  }));
  const verdicts = verdictsOf(history, parts);
  const partsWith = (verdict: Verdict) =>
    verdicts.filter(({ counts }) => counts[verdict] > 0).map(({ from }) => ({ step: from + middle }));

  let [min, max] = extentOf(
    rows.filter(({ lr }) => lr),
    ["lr"],
  );
  min = Math.max(min, rateRange * max);
  for (const { lo, hi } of best) [min, max] = [Math.min(min, lo), Math.max(max, hi)];
  [min, max] = extentWith(lines, [min, max]);
  return {
    rows,
    x,
    y: withBand(logDomain(min, max, before && withoutBand(before.y))),
    best,
    without: { behind: partsWith("behind"), concave: partsWith("concave"), flat: partsWith("flat") },
    size: parts.size,
    lines,
  };
}

/** A schedule may decay to 0, beyond any logarithmic axis: this share of the greatest lr stays on the axis. */
const rateRange = 1e-5;

/** The axis goes down to this share of the lowest decade: space for steps without a minimum, and for an lr on the decade. */
const band = 0.4;
const withBand = (y: Domain): Domain => ({ ...y, lo: y.lo * band });
const withoutBand = (y: Domain): Domain => ({ ...y, lo: y.ticks[0] ?? y.lo });
