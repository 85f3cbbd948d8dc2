import { greatest, groups, least, quantile } from "d3-array";
import { batchSharpness } from "../../core/history/batchSharpness";
import type { History } from "../../core/history/history";
import { type ThresholdPoint, thresholdsOver } from "../../core/history/threshold";
import { edgeFormulas } from "../../core/recipe/edgeText";
import type { Recipe } from "../../core/recipe/recipe";
import { type Domain, logDomain, niceCeil } from "../../kit/chart/domains";
import type { Mark } from "../../kit/chart/Marks";
import { maxPoints } from "../../kit/chart/rows";
import type { EdgePoint } from "../../session/observe/edgePoints";

export interface EdgePicture {
  readonly x: Domain;
  /** From a whole decade to a little above the largest value, so that the rise of λmax has most of the height. */
  readonly y: Domain;
  /** The same axis in whole decades, kept for the next picture. */
  readonly decades: Domain;
  /** λmax at the measured steps of the current run. */
  readonly rows: readonly EdgeRow[];
  /** A dot at each measured step on the axis; between the dots the line is interpolated. */
  readonly measured: readonly Mark[];
  /** The corners of the threshold's line: both ends of each constant part, and samples of a continuous change. */
  readonly thresholds: readonly ThresholdRow[];
  /** The reason for a gap in the threshold: the optimiser or the step rule defines none, or it is not positive. */
  readonly gap: "optimiser" | "rule" | "sign" | null;
  /** 1/α* at the measured steps with a minimum. */
  readonly best: readonly Mark[];
  /** The batch sharpness over the steps, for SGD; else empty. */
  readonly sharpness: readonly SharpnessRow[];
}

type SharpnessRow = {
  readonly step: number;
  /** In units of 1/step; null where it is not positive. */
  readonly sharpness: number | null;
};

type EdgeRow = {
  readonly step: number;
  /** λmax, in units of 1/step; null if no eigenvalue is positive. */
  readonly largest: number | null;
};

type ThresholdRow = {
  readonly step: number;
  /** In units of 1/step; null where no threshold is defined, or where it has no position on a logarithmic axis. */
  readonly threshold: number | null;
};

/** This share of the smallest 1/α* may be below the axis: a curvature that changes sign comes arbitrarily near to zero. */
const belowAxis = 0.05;

/** A learning rate near zero moves the threshold beyond any axis: this multiple of the lowest threshold stays on the axis. */
const thresholdRange = 1000;

/** The most points of the batch sharpness. */
const sharpnessPoints = 100;

/** The top of the axis over the largest value: space for the labels of edits. */
const headroom = 2;

/** λmax, the threshold and 1/α*, all in units of 1/step, on one logarithmic axis over the steps. */
export function edgePicture(
  points: readonly EdgePoint[],
  history: History,
  recipe: Recipe,
  x: Domain,
  before: EdgePicture | null,
): EdgePicture {
  const rows = points
    .filter(({ step }) => step <= history.length)
    .map(({ step, largest }) => ({ step, largest: largest > 0 ? largest : null }));
  const from = Math.max(1, Math.ceil(x.lo));
  const corners = thinned(thresholdsOver(recipe, from, Math.max(from, Math.floor(x.hi))));
  const thresholds = corners.flatMap((corner, k): ThresholdRow[] => {
    const next = corners[k + 1];
    const row = { step: corner.step, threshold: drawable(corner.threshold) };
    return next && !next.jumps ? [row] : [row, { ...row, step: next?.step ?? Math.max(row.step, x.hi) }];
  });
  const undefinedCorner = corners.some(({ threshold }) => threshold === null);
  const undefinedBy = edgeFormulas[recipe.optimiser].threshold === null ? "optimiser" : "rule";
  const gap = undefinedCorner ? undefinedBy : corners.some(({ threshold }) => (threshold ?? 0) <= 0) ? "sign" : null;
  const best = rows.flatMap(({ step }) => {
    if (history.verdict(step) !== "minimum") return [];
    const needed = 1 / history.value("alphaStar", step);
    return [{ step, lo: needed, hi: needed }];
  });

  const onAxis = ({ step }: { readonly step: number }) => step >= x.lo && step <= x.hi;
  const dots = rows.filter(onAxis).flatMap(({ step, largest }) => {
    return largest === null ? [] : [{ step, lo: largest, hi: largest }];
  });
  const edges = corners.flatMap(({ threshold }) => drawable(threshold) ?? []);
  const highest = thresholdRange * Math.min(...edges);
  const high = [...dots.map(({ hi }) => hi), ...edges.filter((edge) => edge <= highest)];
  const sharpness = recipe.optimiser === "sgd" ? sharpnessOver(history, x) : [];
  high.push(...sharpness.flatMap((row) => row.sharpness ?? []).filter((value) => value <= highest));
  const low = best.filter(onAxis).map(({ lo }) => lo);
  const lowest = quantile(low, belowAxis) ?? Number.POSITIVE_INFINITY;
  const most = Math.max(...low, ...high);
  const decades = logDomain(Math.min(lowest, ...high), most, before?.decades ?? null);
  const hi = most > 0 ? niceCeil(headroom * most) : decades.hi;
  const y = { lo: decades.lo, hi, ticks: decades.ticks.filter((tick) => tick <= hi) };
  const drawn = best.filter((mark) => onAxis(mark) && mark.lo >= y.lo);
  return { x, y, decades, rows, measured: dots, thresholds, gap, best: drawn, sharpness };
}

/** The batch sharpness at the last step of at most `sharpnessPoints` equal parts of the steps on an axis. */
function sharpnessOver(history: History, { lo, hi }: Domain): SharpnessRow[] {
  const [before, last] = [Math.max(0, Math.ceil(lo) - 1), Math.min(history.length, Math.floor(hi))];
  const count = Math.max(0, Math.min(sharpnessPoints, last - before));
  return Array.from({ length: count }, (_, part) => {
    const step = before + Math.floor(((part + 1) * (last - before)) / count);
    const value = batchSharpness(history, step) ?? 0;
    return { step, sharpness: value > 0 ? value : null };
  });
}

/** A threshold that a logarithmic axis can show, else null: the threshold of lr = 0 is infinite. */
const drawable = (threshold: number | null): number | null =>
  threshold !== null && threshold > 0 && threshold < Number.POSITIVE_INFINITY ? threshold : null;

/**
 * Thins out more points than a chart draws: keeps the first of all, and the lowest, the highest and the last in each of
 * `maxPoints` / 6 equal parts of the steps.
 */
function thinned(points: readonly ThresholdPoint[]): readonly ThresholdPoint[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || 2 * points.length <= maxPoints) return points;
  const length = (last.step + 1 - first.step) / Math.floor(maxPoints / 6);
  const parts = groups(points, ({ step }) => Math.floor((step - first.step) / length));
  // A gap counts as the lowest, so that it is kept.
  const height = ({ threshold }: ThresholdPoint) => threshold ?? 0;
  return parts.flatMap(([, part]) => {
    const kept = new Set([first, least(part, height), greatest(part, height), part.at(-1)]);
    return part.filter((point) => kept.has(point));
  });
}
