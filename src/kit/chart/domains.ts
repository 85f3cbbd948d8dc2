import { ticks } from "d3-array";
import type { Span } from "../../session/view/pageView";

export interface Domain {
  readonly lo: number;
  readonly hi: number;
  readonly ticks: readonly number[];
}

const ends = [1, 1.5, 2, 3, 4, 6, 8, 10];

/** The smallest of 1, 1.5, 2, 3, 4, 6, 8 × 10ᵏ that is at least x. */
export function niceCeil(x: number): number {
  const power = 10 ** Math.floor(Math.log10(x));
  return (ends.find((end) => end * power >= x) ?? 10) * power;
}

/**
 * The time axis. It rarely changes while the run grows: for the whole run it ends at a round number of at least `step`, for
 * the last N steps it moves by N/4 at a time.
 */
export function timeDomain(step: number, span: Span, tickCount = 3): Domain {
  const quarter = span === "run" ? 0 : span / 4;
  const hi = span === "run" ? niceCeil(Math.max(step, 100)) : Math.max(span, Math.ceil(step / quarter) * quarter);
  const lo = span === "run" ? 0 : hi - span;
  return { lo, hi, ticks: ticks(lo, hi, tickCount) };
}

/**
 * Whole decades around [min, max]. The previous domain is kept while it covers the data and is at most one decade too wide
 * at either end. 0.01 … 1 without data and a previous domain.
 */
export function logDomain(min: number, max: number, before: Domain | null): Domain {
  if (!(min > 0) || !Number.isFinite(max)) return before ?? decades(-2, 0);
  const [low, high] = [floorPower(min), Math.max(-floorPower(1 / max), floorPower(min) + 1)];
  if (before && before.lo <= min && max <= before.hi) {
    if (low - floorPower(before.lo) <= 1 && floorPower(before.hi) - high <= 1) return before;
  }
  return decades(low, high);
}

/** Rounded before flooring: log10(0.001) is −2.9999999999999996. */
function floorPower(x: number): number {
  return Math.floor(Math.log10(x) + 1e-9);
}

/** 10^low … 10^high with about five ticks at most, on decades. */
function decades(low: number, high: number): Domain {
  const every = Math.ceil((high - low) / 4);
  const powers: number[] = [];
  for (let power = low; power <= high; power += every) powers.push(Number(`1e${power}`));
  return { lo: Number(`1e${low}`), hi: Number(`1e${high}`), ticks: powers };
}

/** A logarithmic axis goes down to this share of its lowest decade where marks without a value are in lanes above its bottom edge. */
const lanes = 0.4;

/** A `logDomain` with space for the lanes of marks, and without it. */
export const withLanes = (y: Domain): Domain => ({ ...y, lo: y.lo * lanes });
export const withoutLanes = (y: Domain): Domain => ({ ...y, lo: y.ticks[0] ?? y.lo });

/**
 * Round numbers around [min, max], from 0 if the data are not far above 0. The previous domain is kept while it covers the
 * data and they fill at least half of it. 0 … 1 without data and a previous domain.
 */
export function linearDomain(min: number, max: number, before: Domain | null): Domain {
  if (!Number.isFinite(min) || !Number.isFinite(max)) return before ?? { lo: 0, hi: 1, ticks: [0, 0.5, 1] };
  // A constant series still needs a height. The axis begins at 0 if min is smaller than the spread.
  const spread = max - min || Math.abs(max) || 1;
  const [low, high] = [min >= 0 && min < spread ? 0 : min, max === min ? max + spread / 2 : max];
  if (before && before.lo <= low && high <= before.hi && (high - low) * 2 >= before.hi - before.lo) return before;
  const rough = ticks(low, high, 4);
  const step = (rough[1] ?? high) - (rough[0] ?? low);
  const [lo, hi] = [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
  return { lo, hi, ticks: ticks(lo, hi, 4) };
}
