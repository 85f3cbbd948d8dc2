import { ticks } from "d3-array";
import type { History } from "../../core/history/history";
import { parabola } from "../../core/history/slice";
import type { Domain } from "../../kit/chart/domains";
import type { Slice } from "../../session/observe/slice";
import { drawsGaussNewton, marksOf, type SliceMark } from "./marks";

/** One step size along d; null where a loss is not finite. */
export interface SliceRow {
  readonly alpha: number;
  /** The loss on the step's own minibatch. */
  readonly h: number | null;
  /** The loss on all data. */
  readonly full: number | null;
  /** The loss on the next minibatch; null also where it does not judge the step. */
  readonly next: number | null;
  /** The quadratic model. */
  readonly q: number;
  /** The Gauss–Newton model, where the quadratic model has no minimum; else null. */
  readonly gauss: number | null;
  /** The quadratic models of compared runs at the same step, by key. */
  readonly [run: string]: number | null;
}

export interface SlicePicture {
  readonly step: number;
  readonly rows: readonly SliceRow[];
  readonly x: Domain;
  readonly y: Domain;
  /** The y axis of the step drawn before this step. */
  readonly yBefore: Domain | null;
  /** h(0). */
  readonly loss: number;
  readonly marks: readonly SliceMark[];
}

/**
 * The curves, axes and marks of a slice. The y axis of the step before is kept while the curves fit it; it does not depend on
 * curves of the same step over fewer rows.
 */
export function slicePicture(
  slice: Slice,
  before: SlicePicture | null,
  comparedRuns: readonly { readonly key: string; readonly history: History }[] = [],
): SlicePicture {
  const { window, alphas, batch, next, full, loss, slope, curvature, gaussNewton } = slice;
  const gaussDrawn = drawsGaussNewton(slice);
  const rows = Array.from(alphas, (alpha, i) => ({
    alpha,
    h: finite(batch[i]),
    full: finite(full[i]),
    next: finite(next?.[i]),
    q: parabola(loss, slope, curvature, alpha),
    gauss: gaussDrawn ? parabola(loss, slope, gaussNewton, alpha) : null,
    ...Object.fromEntries(comparedRuns.map(({ key, history }) => [key, finite(modelAt(history, slice.step, alpha))])),
  }));
  const heights = rows.flatMap(({ h }) => (h === null ? [] : [h]));
  // The axis shows all of the true loss. The other curves widen it by at most the range of the true loss on either side.
  const [min, max] = [Math.min(loss, ...heights), Math.max(loss, ...heights)];
  const reach = max - min || Math.abs(max) || 1;
  const marks = marksOf(slice);
  const ofOthers = [next, full].flatMap((losses) => (losses ? [least(losses), losses[alphas.indexOf(0)]] : []));
  const wanted = [...ofOthers, ...marks.flatMap(({ dots }) => dots)].filter(
    (height) => height !== undefined && height > min - reach && height < max + reach,
  ) as number[];
  const yBefore = (before?.step === slice.step ? before.yBefore : before?.y) ?? null;
  return {
    step: slice.step,
    rows,
    x: { ...window, ticks: ticks(window.lo, window.hi, 4) },
    y: yDomain(Math.min(min, ...wanted), Math.max(max, ...wanted), yBefore),
    yBefore,
    loss,
    marks,
  };
}

/** q(α) of another run at a step; NaN for a step that this run has not measured. */
function modelAt(history: History, step: number, alpha: number): number {
  const [loss, slope, curvature] = (["loss", "slope", "curvature"] as const).map((name) => history.value(name, step));
  return parabola(loss as number, slope as number, curvature as number, alpha);
}

const least = (losses: Float64Array): number =>
  losses.filter(Number.isFinite).reduce((a, b) => Math.min(a, b), Infinity);

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

/** An axis with a margin of 15%; the previous one is kept while it covers the curves and they fill 60% of it. */
function yDomain(min: number, max: number, before: Domain | null): Domain {
  const spread = max - min || Math.abs(max) || 1;
  if (before && before.lo <= min && max <= before.hi && spread >= 0.6 * (before.hi - before.lo)) return before;
  const lo = min >= 0 ? Math.max(0, min - 0.15 * spread) : min - 0.15 * spread;
  const hi = max + 0.15 * spread;
  return { lo, hi, ticks: ticks(lo, hi, 3) };
}
