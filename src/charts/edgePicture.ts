import { quantile } from "d3-array";
import type { History } from "../core/history";
import type { EdgePoint } from "../store/edge";
import { type Domain, logDomain } from "./domains";
import type { Mark } from "./Marks";

export interface EdgePicture {
  readonly x: Domain;
  readonly y: Domain;
  /** Points of the run as it stands, and the last threshold once more where the axis ends. */
  readonly rows: readonly EdgeRow[];
  /** 1/α* at the same steps, where there is a best step ahead. */
  readonly best: readonly Mark[];
}

export interface EdgeRow {
  readonly step: number;
  /** null where no eigenvalue is above zero. */
  readonly largest: number | null;
  readonly threshold: number;
}

/** Curvature that changes sign passes arbitrarily near to zero; the smallest such share of 1/α* may leave the axis. */
const passing = 0.05;

/** λmax, its threshold and 1/α*, all in units of 1/step, on one logarithmic axis over the steps. */
export function edgePicture(
  measured: readonly EdgePoint[],
  history: History,
  x: Domain,
  before: EdgePicture | null,
): EdgePicture {
  const points = measured.filter(({ step }) => step <= history.length);
  const rows: EdgeRow[] = points.map(({ step, largest, threshold }) => ({
    step,
    largest: largest > 0 ? largest : null,
    threshold,
  }));
  const last = rows.at(-1);
  if (last && x.hi > last.step) rows.push({ step: x.hi, largest: null, threshold: last.threshold });
  const best = points.flatMap(({ step }) => {
    if (history.verdict(step) !== "minimum") return [];
    const needed = 1 / history.value("alphaStar", step);
    return [{ step, lo: needed, hi: needed }];
  });

  const seen = ({ step }: { readonly step: number }) => step >= x.lo && step <= x.hi;
  const high = rows.filter(seen).flatMap(({ largest, threshold }) => [largest ?? threshold, threshold]);
  const low = best.filter(seen).map(({ lo }) => lo);
  const least = quantile(low, passing) ?? Number.POSITIVE_INFINITY;
  const y = logDomain(Math.min(least, ...high), Math.max(...low, ...high), before?.y ?? null);
  return { x, y, rows, best: best.filter((mark) => seen(mark) && mark.lo >= y.lo) };
}
