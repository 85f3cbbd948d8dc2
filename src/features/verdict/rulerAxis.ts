/** A logarithmic axis of step sizes, from 10^lo to 10^hi: whole decades, or anything between while it glides. */
export interface RulerAxis {
  readonly lo: number;
  readonly hi: number;
}

/** What the ruler shows unless something lies outside: 1e−4 … 10. */
export const restingAxis: RulerAxis = { lo: -4, hi: 1 };
/** However far α* strays, the axis goes no further. */
const farthest: RulerAxis = { lo: -10, hi: 6 };
/** Decades by which all must lie inside the next narrower axis before the ruler narrows. */
const slack = 0.3;
/** log10(0.001) is −2.9999999999999996. */
const rounding = 1e-9;

/**
 * The axis that holds all positive finite `values`, in whole decades, never narrower than at rest. It widens at once; it
 * narrows only when there is room to spare, so that a value near the end of a decade does not make it swing.
 */
export function axisAround(values: readonly number[], before: RulerAxis | null): RulerAxis {
  const logs = values.filter((x) => x > 0 && Number.isFinite(x)).map(Math.log10);
  const [least, greatest] = [Math.min(restingAxis.lo, ...logs), Math.max(restingAxis.hi, ...logs)];
  const need = within({ lo: Math.floor(least + rounding), hi: Math.ceil(greatest - rounding) });
  if (!before) return need;
  // At rest the axis has no slack: values beyond it are what widens it.
  const roomy = within({
    lo: least < restingAxis.lo ? Math.floor(least - slack) : restingAxis.lo,
    hi: greatest > restingAxis.hi ? Math.ceil(greatest + slack) : restingAxis.hi,
  });
  const lo = Math.min(Math.max(before.lo, roomy.lo), need.lo);
  const hi = Math.max(Math.min(before.hi, roomy.hi), need.hi);
  return lo === before.lo && hi === before.hi ? before : { lo, hi };
}

function within({ lo, hi }: RulerAxis): RulerAxis {
  return { lo: Math.max(lo, farthest.lo), hi: Math.min(hi, farthest.hi) };
}

/** Where a step size lies on the axis: 0 at its left end, 1 at its right, beyond for what lies outside. x > 0. */
export function shareOf(axis: RulerAxis, x: number): number {
  return (Math.log10(x) - axis.lo) / (axis.hi - axis.lo);
}

/** The step size at a share of the axis; the inverse of `shareOf`. */
export function valueAt(axis: RulerAxis, share: number): number {
  return 10 ** (axis.lo + share * (axis.hi - axis.lo));
}

/** The decades on the axis; every one is marked, those that fit are `labelled`. */
export function decadesOf({ lo, hi }: RulerAxis, most: number): { value: number; labelled: boolean }[] {
  const [first, last] = [Math.ceil(lo - rounding), Math.floor(hi + rounding)];
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, most)));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => ({
    value: Number(`1e${first + i}`),
    labelled: (first + i) % every === 0,
  }));
}

/** Between α* and 2α* the parabola still predicts a loss below where the step began. */
export const zones = ["short", "over", "past"] as const;
export type Zone = (typeof zones)[number];

/** The zone a step size lies in, for the best step `alphaStar`; null where none is known. */
export function zoneOf(x: number, alphaStar: number | null): Zone | null {
  if (alphaStar === null) return null;
  return x <= alphaStar ? "short" : x <= 2 * alphaStar ? "over" : "past";
}
