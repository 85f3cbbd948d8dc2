import { predictedChange, type Verdict } from "./alpha";

/** The part of the line θ + αd that is looked at: lo < 0 < hi. */
export interface SliceWindow {
  readonly lo: number;
  readonly hi: number;
}

/** What decides how far along d there is something to see. */
export interface SliceFacts {
  readonly verdict: Verdict;
  readonly alphaStar: number;
  readonly stepTaken: number;
}

/** Below this share of the window a step is too short to be told from 0: the window never gets wider than that. */
const leastShare = 1 / 12;
/** A window within this factor of what it should be stays where it is. */
const tolerance = 1.5;

/**
 * Room for 0, α*, 2α* and the step taken, with α* on whichever side it lies. Where there is no vertex, five times the
 * step taken to either side; null where even that is not a number.
 */
export function sliceTarget({ verdict, alphaStar, stepTaken }: SliceFacts): SliceWindow | null {
  if (!Number.isFinite(stepTaken)) return null;
  const s = Math.abs(stepTaken);
  const a = Number.isFinite(alphaStar) ? Math.max(Math.abs(alphaStar), s * leastShare) : 5 * s;
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
 * The window at the next redraw. Each end stays while it is within a factor of 1.5 of where it should be, and else goes
 * `share` of the way there on a logarithmic scale: the eye can follow.
 *
 * @param share 1 goes there at once
 */
export function nextWindow(before: SliceWindow | null, target: SliceWindow | null, share: number): SliceWindow | null {
  if (!before || !target) return before ?? target;
  const [lo, hi] = [glide(-before.lo, -target.lo, share), glide(before.hi, target.hi, share)];
  return -lo === before.lo && hi === before.hi ? before : { lo: -lo, hi };
}

function glide(from: number, to: number, share: number): number {
  const ratio = to / from;
  return ratio <= tolerance && ratio * tolerance >= 1 ? from : from * ratio ** share;
}

/** Points of the even grid over a window; an odd number of them would be no better: 0 is added as a mark. */
const gridPoints = 64;

/** An even grid over the window, with the marks that lie in it: in ascending order, each once. */
export function sliceAlphas({ lo, hi }: SliceWindow, marks: readonly number[]): Float64Array {
  const grid = Array.from({ length: gridPoints }, (_, i) => lo + ((hi - lo) * i) / (gridPoints - 1));
  const inside = marks.filter((alpha) => alpha >= lo && alpha <= hi);
  return Float64Array.from(new Set([...grid, ...inside])).sort();
}

/** The parabola along d: q(α) = h(0) + slope·α + ½·curvature·α². */
export function parabola(loss: number, slope: number, curvature: number, alpha: number): number {
  return loss + predictedChange(slope, curvature, alpha);
}
