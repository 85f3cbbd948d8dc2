import { greatest, groups, least, quantile } from "d3-array";
import type { History } from "../../core/history/history";
import { type EdgeStair, thresholdsOver } from "../../core/history/threshold";
import type { Recipe } from "../../core/recipe/recipe";
import { type Domain, logDomain, niceCeil } from "../../kit/chart/domains";
import type { Mark } from "../../kit/chart/Marks";
import { maxPoints } from "../../kit/chart/rows";
import type { EdgePoint } from "../../session/observe/edge";

export interface EdgePicture {
  readonly x: Domain;
  /** From a whole decade to little above the highest: the climb has most of the height. */
  readonly y: Domain;
  readonly decades: Domain;
  /** Points of the run as it stands. */
  readonly rows: readonly EdgeRow[];
  /** Those on the axis: where λmax was measured, and where the line only leads from one to the next. */
  readonly measured: readonly Mark[];
  /** The threshold's corners: where each of its stairs begins, and where it ends, the last of them with the axis. null where
   *  there is none. */
  readonly thresholds: readonly EdgeStair[];
  /** 1/α* at the same steps, where there is a best step ahead. */
  readonly best: readonly Mark[];
}

export interface EdgeRow {
  readonly step: number;
  /** null where no eigenvalue is above zero. */
  readonly largest: number | null;
}

/** Curvature that changes sign passes arbitrarily near to zero; the smallest such share of 1/α* may leave the axis. */
const passing = 0.05;

/** A learning rate that comes near to zero takes the threshold beyond any axis: so many times the lowest stays on it. */
const reach = 1000;

/** Room above the highest, as a factor: for what changed at an edit to be written there. */
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
  const stairs = thinned(thresholdsOver(recipe, from, Math.max(from, Math.floor(x.hi))));
  const thresholds = stairs.flatMap(({ step, threshold }, k) => [
    { step, threshold },
    { step: stairs[k + 1]?.step ?? Math.max(step, x.hi), threshold },
  ]);
  const best = rows.flatMap(({ step }) => {
    if (history.verdict(step) !== "minimum") return [];
    const needed = 1 / history.value("alphaStar", step);
    return [{ step, lo: needed, hi: needed }];
  });

  const seen = ({ step }: { readonly step: number }) => step >= x.lo && step <= x.hi;
  const dots = rows.filter(seen).flatMap(({ step, largest }) => {
    return largest === null ? [] : [{ step, lo: largest, hi: largest }];
  });
  // One of 0 lies below any logarithmic axis.
  const edges = stairs.flatMap(({ threshold }) => threshold || []);
  const highest = reach * Math.min(...edges);
  const high = [...dots.map(({ hi }) => hi), ...edges.filter((edge) => edge <= highest)];
  const low = best.filter(seen).map(({ lo }) => lo);
  const lowest = quantile(low, passing) ?? Number.POSITIVE_INFINITY;
  const most = Math.max(...low, ...high);
  const decades = logDomain(Math.min(lowest, ...high), most, before?.decades ?? null);
  const hi = most > 0 ? niceCeil(headroom * most) : decades.hi;
  const y = { lo: decades.lo, hi, ticks: decades.ticks.filter((tick) => tick <= hi) };
  const drawn = best.filter((mark) => seen(mark) && mark.lo >= y.lo);
  return { x, y, decades, rows, measured: dots, thresholds, best: drawn };
}

/** Of more stairs than a chart draws the lowest, the highest and the last in each of so many equal parts of the steps. */
function thinned(stairs: readonly EdgeStair[]): readonly EdgeStair[] {
  const [first, last] = [stairs[0], stairs.at(-1)];
  if (!first || !last || 2 * stairs.length <= maxPoints) return stairs;
  const length = (last.step + 1 - first.step) / Math.floor(maxPoints / 6);
  const parts = groups(stairs, ({ step }) => Math.floor((step - first.step) / length));
  // A gap is lower than any.
  const height = ({ threshold }: EdgeStair) => threshold ?? 0;
  return parts.flatMap(([, part]) => {
    const kept = new Set([first, least(part, height), greatest(part, height), part.at(-1)]);
    return part.filter((stair) => kept.has(stair));
  });
}
