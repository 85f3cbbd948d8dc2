/** A logarithmic axis of step sizes, from 10^lo to 10^hi: integers, or fractions while the axis glides. */
export interface RulerAxis {
  readonly lo: number;
  readonly hi: number;
}

/** The narrowest axis: 1e−4 … 10. */
const restingAxis: RulerAxis = { lo: -4, hi: 1 };
/** The widest axis. */
const widestAxis: RulerAxis = { lo: -10, hi: 6 };
/** The axis narrows by a decade when all values are inside the narrower axis by this many decades. */
const slack = 0.3;
/** log10(0.001) is −2.9999999999999996. */
const rounding = 1e-9;

/**
 * The axis in whole decades that covers all positive finite `values` and `restingAxis`. It widens at once and narrows only by
 * `slack`, so that a value near the end of a decade does not make it oscillate.
 */
export function axisAround(values: readonly number[], before: RulerAxis | null): RulerAxis {
  const logs = values.filter((x) => x > 0 && Number.isFinite(x)).map(Math.log10);
  const [least, greatest] = [Math.min(restingAxis.lo, ...logs), Math.max(restingAxis.hi, ...logs)];
  const need = within({ lo: Math.floor(least + rounding), hi: Math.ceil(greatest - rounding) });
  if (!before) return need;
  // The ends of the resting axis need no slack: only values beyond them widen the axis.
  const roomy = within({
    lo: least < restingAxis.lo ? Math.floor(least - slack) : restingAxis.lo,
    hi: greatest > restingAxis.hi ? Math.ceil(greatest + slack) : restingAxis.hi,
  });
  const lo = Math.min(Math.max(before.lo, roomy.lo), need.lo);
  const hi = Math.max(Math.min(before.hi, roomy.hi), need.hi);
  return lo === before.lo && hi === before.hi ? before : { lo, hi };
}

function within({ lo, hi }: RulerAxis): RulerAxis {
  return { lo: Math.max(lo, widestAxis.lo), hi: Math.min(hi, widestAxis.hi) };
}

/** The position of a step size x > 0: 0 at the left end of the axis, 1 at the right end, outside 0 … 1 beyond the ends. */
export function shareOf(axis: RulerAxis, x: number): number {
  return (Math.log10(x) - axis.lo) / (axis.hi - axis.lo);
}

/** The step size at a share of the axis; the inverse of `shareOf`. */
export function valueAt(axis: RulerAxis, share: number): number {
  return 10 ** (axis.lo + share * (axis.hi - axis.lo));
}

/** The decades on the axis; at most `most` of them are `labelled`. */
export function decadesOf({ lo, hi }: RulerAxis, most: number): { value: number; labelled: boolean }[] {
  const [first, last] = [Math.ceil(lo - rounding), Math.floor(hi + rounding)];
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, most)));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => ({
    value: Number(`1e${first + i}`),
    labelled: (first + i) % every === 0,
  }));
}

/** Step sizes up to α*, from α* to 2α* (the quadratic model predicts a decrease), and above 2α* (an increase). */
export const zones = ["short", "over", "past"] as const;
export type Zone = (typeof zones)[number];

/** The zone of a step size for the best step `alphaStar`; null without a best step. */
export function zoneOf(x: number, alphaStar: number | null): Zone | null {
  if (alphaStar === null) return null;
  return x <= alphaStar ? "short" : x <= 2 * alphaStar ? "over" : "past";
}
