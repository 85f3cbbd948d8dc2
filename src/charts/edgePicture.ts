import { quantile } from "d3-array";
import type { History } from "../core/history";
import type { Edit } from "../core/recipe";
import type { EdgePoint } from "../store/edge";
import { type Domain, logDomain, niceCeil } from "./domains";
import type { Mark } from "./Marks";

export interface EdgePicture {
  readonly x: Domain;
  /** From a whole decade to little above the highest: the climb has most of the height. */
  readonly y: Domain;
  readonly decades: Domain;
  /** Points of the run as it stands. */
  readonly rows: readonly EdgeRow[];
  /** Those on the axis: where λmax was measured, and where the line only leads from one to the next. */
  readonly measured: readonly Mark[];
  /** The threshold from each step on: it moves at the edit that moved it, though the next point came later. */
  readonly thresholds: readonly { readonly step: number; readonly threshold: number }[];
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

/** Room above the highest, as a factor: for what changed at an edit to be written there. */
const headroom = 2;

/** λmax, its threshold and 1/α*, all in units of 1/step, on one logarithmic axis over the steps. */
export function edgePicture(
  measured: readonly EdgePoint[],
  history: History,
  edits: readonly Edit[],
  x: Domain,
  before: EdgePicture | null,
): EdgePicture {
  const points = measured.filter(({ step }) => step <= history.length);
  const rows = points.map(({ step, largest }) => ({ step, largest: largest > 0 ? largest : null }));
  const thresholds = thresholdsOf(points, edits);
  const last = thresholds.at(-1);
  if (last && x.hi > last.step) thresholds.push({ ...last, step: x.hi });
  const best = points.flatMap(({ step }) => {
    if (history.verdict(step) !== "minimum") return [];
    const needed = 1 / history.value("alphaStar", step);
    return [{ step, lo: needed, hi: needed }];
  });

  const seen = ({ step }: { readonly step: number }) => step >= x.lo && step <= x.hi;
  const dots = rows.filter(seen).flatMap(({ step, largest }) => {
    return largest === null ? [] : [{ step, lo: largest, hi: largest }];
  });
  const high = [...dots.map(({ hi }) => hi), ...thresholds.filter(seen).map(({ threshold }) => threshold)];
  const low = best.filter(seen).map(({ lo }) => lo);
  const least = quantile(low, passing) ?? Number.POSITIVE_INFINITY;
  const most = Math.max(...low, ...high);
  const decades = logDomain(Math.min(least, ...high), most, before?.decades ?? null);
  const hi = most > 0 ? niceCeil(headroom * most) : decades.hi;
  const y = { lo: decades.lo, hi, ticks: decades.ticks.filter((tick) => tick <= hi) };
  const drawn = best.filter((mark) => seen(mark) && mark.lo >= y.lo);
  return { x, y, decades, rows, measured: dots, thresholds, best: drawn };
}

/** The threshold of each point, from the last edit before it on where that has moved it. */
function thresholdsOf(points: readonly EdgePoint[], edits: readonly Edit[]) {
  return points.map(({ step, threshold }, k) => {
    const before = points[k - 1];
    const moved = before && before.threshold !== threshold;
    const edit = moved ? edits.findLast((one) => one.step > before.step && one.step <= step) : undefined;
    return { step: edit?.step ?? step, threshold };
  });
}
