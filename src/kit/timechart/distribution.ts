import { quantile } from "d3-array";
import type { History, SeriesName } from "../../core/history/history";
import type { Spread } from "../../core/history/series/sample";
import type { Quantity } from "../../core/history/series/series";
import { bucketsOf, type Parts, partStarts } from "../chart/rows";

/** The distribution of a series around a step; null where the series has no finite value there. */
export interface Column {
  readonly step: number;
  readonly spread: Spread | null;
}

/** A series over an axis: bands where steps are crowded, points where each has its place. */
export interface Distribution {
  /** One column for each part of the axis. */
  readonly columns: readonly Column[];
  /** Every step, or the least and the greatest value of each part, at their steps: so a spike of one step is drawn. */
  readonly points: readonly { readonly step: number; readonly value: number }[];
  /** From 0, points only, to 1, bands and faint points; see `Parts`. */
  readonly crowding: number;
}

/**
 * The fewest steps from which a column is made: fewer give no quantiles. Columns of smaller parts overlap, which moves the bands
 * smoothly from zoom to zoom.
 */
const leastSteps = 32;

/** The distribution of the values of a series, or of their magnitudes. */
export function distributionOf(history: History, parts: Parts, name: SeriesName, of: Quantity = "value"): Distribution {
  const amount = of === "value" ? (value: number) => value : Math.abs;
  const points = bucketsOf(history, parts, name).flatMap(({ min, minStep, max, maxStep }) => {
    const least = { step: minStep, value: amount(min) };
    return minStep === maxStep ? [least] : [least, { step: maxStep, value: amount(max) }];
  });
  return { columns: columnsOf(history, parts, name, of), points, crowding: parts.crowding };
}

/** The columns of a series. */
function columnsOf(history: History, parts: Parts, name: SeriesName, of: Quantity = "value"): Column[] {
  return partStarts(parts).map((from) => {
    const to = Math.min(from + parts.size - 1, parts.to);
    // About the same number of steps on both sides: at the first steps the median then follows a steep curve.
    const around = Math.min(Math.max(0, Math.floor((leastSteps - parts.size) / 2)), from - 1);
    return { step: (from + to) / 2, spread: history.spread(name, from - around, from + parts.size - 1 + around, of) };
  });
}

/** The medians of a series as the line of a compared run. */
export function medianRows(history: History, parts: Parts, name: SeriesName, of: Quantity = "value") {
  return columnsOf(history, parts, name, of).map(({ step, spread }) => ({ step, value: spread?.p50 ?? null }));
}

/** This share of the lowest columns may be below a logarithmic axis: a value that changes sign comes arbitrarily near to zero. */
const belowAxis = 0.03;

/**
 * The range of values that an axis shows: the 10–90% bands of all columns, widened to the points by at most the height of the bands
 * on a linear axis, by at most a decade on a logarithmic one. So no spike squashes the bands: they fill a third of the height or
 * more. [∞, −∞] without values.
 */
export function shownRange(distributions: readonly Distribution[], scale: "log" | "linear"): [number, number] {
  const positive = (value: number) => scale === "linear" || value > 0;
  const spreads = distributions.flatMap(({ columns }) => columns.flatMap(({ spread }) => spread ?? []));
  const lows = spreads.map(({ p10 }) => p10).filter(positive);
  const highs = spreads.map(({ p90 }) => p90).filter(positive);
  const lowest =
    quantile(
      lows.sort((a, b) => a - b),
      scale === "log" ? belowAxis : 0,
    ) ?? Number.POSITIVE_INFINITY;
  const highest = highs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (!(highest >= lowest)) return [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const [least, most] = scale === "log" ? [lowest / 10, highest * 10] : [2 * lowest - highest, 2 * highest - lowest];
  let [min, max] = [lowest, highest];
  for (const { points } of distributions)
    for (const { value } of points) {
      if (!positive(value)) continue;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  return [Math.max(min, least), Math.min(max, most)];
}
