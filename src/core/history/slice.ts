import { predictedChange, type Verdict } from "./alpha";

/** The range of α that the slice chart shows, lo < 0 < hi. */
export interface SliceWindow {
  readonly lo: number;
  readonly hi: number;
}

/** The measurements that determine the range. */
export interface SliceFacts {
  readonly verdict: Verdict;
  readonly alphaStar: number;
  /** −slope/dᵀGd, the minimiser of the Gauss–Newton model; NaN without dᵀGd. */
  readonly gaussNewtonStep: number;
  readonly stepTaken: number;
}

/** The scale of the window counts as at least this fraction of the step taken, so that both stay visible in one window. */
const leastShare = 1 / 12;
/** The window does not change while each end is within this factor of its target. */
const tolerance = 1.5;

/**
 * The window for a step: it contains 0, α* and the step taken, and 2α* for the verdict `minimum`. For the verdict `concave`, whose
 * α* may be at any distance, it contains the minimiser of the Gauss–Newton model instead. Without either, five times the step taken
 * on both sides; null where the step taken is not finite, or 0 without α*.
 */
export function sliceTarget({ verdict, alphaStar, gaussNewtonStep, stepTaken }: SliceFacts): SliceWindow | null {
  if (!Number.isFinite(stepTaken)) return null;
  const s = Math.abs(stepTaken);
  const scale = verdict === "concave" && Number.isFinite(gaussNewtonStep) ? gaussNewtonStep : alphaStar;
  const a = Number.isFinite(scale) ? Math.max(Math.abs(scale), s * leastShare) : 5 * s;
  if (!(a > 0)) return null;
  const [back, ahead] = {
    minimum: [0.8, 2.8],
    behind: [2.4, 1.4],
    concave: [1.8, 1.8],
    flat: [1, 1],
    diverged: [1, 1],
  }[verdict] as [number, number];
  return { lo: -back * a, hi: Math.max(ahead * a, 1.25 * s) };
}

/**
 * The window at the next redraw, moved smoothly. An end within a factor of 1.5 of its target stays; any other end moves by the
 * fraction `share` of its distance on a logarithmic scale.
 *
 * @param share 1 moves to the target at once
 */
export function nextWindow(before: SliceWindow | null, target: SliceWindow | null, share: number): SliceWindow | null {
  if (!before || !target) return before ?? target;
  const [lo, hi] = [moveEnd(-before.lo, -target.lo, share), moveEnd(before.hi, target.hi, share)];
  return -lo === before.lo && hi === before.hi ? before : { lo: -lo, hi };
}

function moveEnd(current: number, target: number, share: number): number {
  const ratio = target / current;
  return ratio <= tolerance && ratio * tolerance >= 1 ? current : current * ratio ** share;
}

/** The numbers of equidistant points over a window: of a slice, and of a slice during play where losses take long. */
const [finePoints, coarsePoints] = [64, 24];

/**
 * The abscissae of a slice: an equidistant grid over the window and the marks inside it, ascending, without duplicates.
 * @param coarse fewer points
 */
export function sliceAlphas({ lo, hi }: SliceWindow, marks: readonly number[], coarse = false): Float64Array {
  const points = coarse ? coarsePoints : finePoints;
  const grid = Array.from({ length: points }, (_, i) => lo + ((hi - lo) * i) / (points - 1));
  const inside = marks.filter((alpha) => alpha >= lo && alpha <= hi);
  return Float64Array.from(new Set([...grid, ...inside])).sort();
}

/** The quadratic model along d: q(α) = h(0) + slope·α + ½·curvature·α². */
export function parabola(loss: number, slope: number, curvature: number, alpha: number): number {
  return loss + predictedChange(slope, curvature, alpha);
}
