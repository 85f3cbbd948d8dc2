import { ticks } from "d3-array";
import type { History } from "../../core/history/history";
import { parabola } from "../../core/history/slice";
import type { Domain } from "../../kit/chart/domains";
import type { Slice } from "../../session/observe/slice";

/** One step size along d; null where a loss is not finite. */
export interface SliceRow {
  readonly alpha: number;
  /** The loss on the step's own minibatch. */
  readonly h: number | null;
  /** The loss on all data. */
  readonly full: number | null;
  /** The quadratic model. */
  readonly q: number;
  /** The quadratic models of compared runs at the same step, by key. */
  readonly [run: string]: number | null;
}

/** A named step size along d, with the values of the curves there. */
export interface SliceMark {
  readonly kind: "step" | "best" | "twice";
  readonly label: string;
  readonly alpha: number;
  readonly h: number | null;
  readonly q: number;
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
  const { window, alphas, batch, full, loss, slope, curvature } = slice;
  const rows = Array.from(alphas, (alpha, i) => ({
    alpha,
    h: finite(batch[i]),
    full: finite(full[i]),
    q: parabola(loss, slope, curvature, alpha),
    ...Object.fromEntries(comparedRuns.map(({ key, history }) => [key, finite(modelAt(history, slice.step, alpha))])),
  }));
  const heights = rows.flatMap(({ h }) => (h === null ? [] : [h]));
  // The axis shows all of the true loss. The other curves widen it by at most the range of the true loss on either side.
  const [min, max] = [Math.min(loss, ...heights), Math.max(loss, ...heights)];
  const fullHeights = rows.flatMap((row) => (row.full === null ? [] : [row.full]));
  const lowest = Math.min(...fullHeights, Number.POSITIVE_INFINITY);
  const reach = max - min || Math.abs(max) || 1;
  const vertex = slice.verdict === "minimum" ? parabola(loss, slope, curvature, slice.alphaStar) : loss;
  const wanted = [lowest, full[alphas.indexOf(0)] ?? lowest, vertex].filter(
    (height) => height > min - reach && height < max + reach,
  );
  const yBefore = (before?.step === slice.step ? before.yBefore : before?.y) ?? null;
  return {
    step: slice.step,
    rows,
    x: { ...window, ticks: ticks(window.lo, window.hi, 4) },
    y: yDomain(Math.min(min, ...wanted), Math.max(max, ...wanted), yBefore),
    yBefore,
    loss,
    marks: marksOf(slice),
  };
}

/** q(α) of another run at a step; NaN for a step that this run has not measured. */
function modelAt(history: History, step: number, alpha: number): number {
  const [loss, slope, curvature] = (["loss", "slope", "curvature"] as const).map((name) => history.value(name, step));
  return parabola(loss as number, slope as number, curvature as number, alpha);
}

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

function marksOf(slice: Slice): SliceMark[] {
  const { alphas, batch, verdict, alphaStar, stepTaken, lr, loss, slope, curvature } = slice;
  const mark = (kind: SliceMark["kind"], label: string, alpha: number): SliceMark => ({
    kind,
    label,
    alpha,
    h: finite(batch[alphas.indexOf(alpha)]),
    q: parabola(loss, slope, curvature, alpha),
  });
  const marks = [mark("step", stepTaken === lr ? "lr" : "step", stepTaken)];
  if (verdict === "minimum" || verdict === "behind") marks.push(mark("best", "α*", alphaStar));
  if (verdict === "concave") marks.push(mark("best", "α* (maximum)", alphaStar));
  if (verdict === "minimum") marks.push(mark("twice", "2α*", 2 * alphaStar));
  return marks;
}

/** A label above the plot. */
export interface MarkLabel {
  readonly kind: SliceMark["kind"];
  readonly text: string;
  /** Left end in pixels. */
  readonly left: number;
}

/** In pixels: the greatest width of a letter, and the least gap between two labels. */
const [letter, gap] = [6.4, 7];

/**
 * Labels over their marks from left to right, moved apart where they would overlap. A mark outside the plot has its label at
 * the edge, with an arrow; a step less than 3 pixels from 0 is labelled “≈ 0”.
 */
export function markLabels(
  marks: readonly SliceMark[],
  toX: (alpha: number) => number,
  left: number,
  right: number,
): MarkLabel[] {
  const placed = marks
    .map((mark) => ({ ...mark, x: toX(mark.alpha) }))
    .filter(({ kind, x }) => kind !== "twice" || (x >= left && x <= right))
    .sort((a, b) => a.x - b.x)
    .map(({ kind, label, x }) => {
      const text = kind === "step" && Math.abs(x - toX(0)) < 3 ? `${label} ≈ 0` : label;
      const shown = x < left ? `← ${text}` : x > right ? `${text} →` : text;
      const width = letter * shown.length;
      return { kind, text: shown, width, left: Math.min(Math.max(x - width / 2, left), right - width) };
    });
  // From left to right, each label moves right of its predecessor; then from right to left, back into the plot.
  for (let i = 1; i < placed.length; i++) {
    const [label, previous] = [placed[i], placed[i - 1]];
    if (label && previous) label.left = Math.max(label.left, previous.left + previous.width + gap);
  }
  let end = right;
  for (const label of placed.toReversed()) {
    label.left = Math.min(label.left, end - label.width);
    end = label.left - gap;
  }
  return placed.map(({ kind, text, left: at }) => ({ kind, text, left: at }));
}
