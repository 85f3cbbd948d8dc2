import { ticks } from "d3-array";
import type { Span } from "../../session/pageView";

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
 * The steps shown. Both forms stand still most of the time: the whole run ends at a round number ahead of `step`, the
 * last N steps move on by a quarter of N.
 */
export function timeDomain(step: number, span: Span, tickCount = 3): Domain {
  const quarter = span === "run" ? 0 : span / 4;
  const hi = span === "run" ? niceCeil(Math.max(step, 100)) : Math.max(span, Math.ceil(step / quarter) * quarter);
  const lo = span === "run" ? 0 : hi - span;
  return { lo, hi, ticks: ticks(lo, hi, tickCount) };
}

/**
 * Whole decades around [min, max]. The domain before is kept while it holds the data and is at most one decade too
 * wide on either side, so that the axis does not twitch.
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

/** 10^low … 10^high with at most five or so ticks, all of them on decades. */
function decades(low: number, high: number): Domain {
  const every = Math.ceil((high - low) / 4);
  const powers: number[] = [];
  for (let power = low; power <= high; power += every) powers.push(Number(`1e${power}`));
  return { lo: Number(`1e${low}`), hi: Number(`1e${high}`), ticks: powers };
}

/**
 * [0 or below min, above max] ending on round ticks. The domain before is kept while it holds the data and the data
 * fill at least half of it.
 */
export function linearDomain(min: number, max: number, before: Domain | null): Domain {
  if (!Number.isFinite(min) || !Number.isFinite(max)) return before ?? { lo: 0, hi: 1, ticks: [0, 0.5, 1] };
  // A constant series still needs a height; a floor far below the spread reads better as zero.
  const spread = max - min || Math.abs(max) || 1;
  const [low, high] = [min >= 0 && min < spread ? 0 : min, max === min ? max + spread / 2 : max];
  if (before && before.lo <= low && high <= before.hi && (high - low) * 2 >= before.hi - before.lo) return before;
  const rough = ticks(low, high, 4);
  const step = (rough[1] ?? high) - (rough[0] ?? low);
  const [lo, hi] = [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
  return { lo, hi, ticks: ticks(lo, hi, 4) };
}
