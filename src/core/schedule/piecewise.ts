import { clampRate, type Schedule, shapes } from "./schedule";

/** A learning rate in force from t on, t counting from 0, as steps of a schedule do. */
export interface Piece {
  readonly t: number;
  readonly lr: number;
}

/** More edits than these are hard to read in a link, and no closer to the eye. */
export const maxPieces = 100;
/** Significant digits of a piece: half a unit of the last is at most 0.05%, and links stay readable. */
const digits = 4;
/** Halvings of the interval that holds the narrowest tolerance. */
const halvings = 20;

/**
 * A schedule as pieces, at most `maxPieces` of them. Where that many hold it, at every step exactly (to four digits);
 * else as close as so many can be: all but the ends span the same ratio, so that no step is further off than the `error`
 * returned, |piece/lr − 1|. With V the total variation of ln lr that is e^{V/2(maxPieces − 3)} − 1 at most, before
 * rounding. The first piece is at the learning rate of t = 0, the last at that of t = `length`.
 */
export function piecewise(schedule: Schedule): { readonly pieces: readonly Piece[]; readonly error: number } {
  const { rate } = shapes[schedule.shape];
  const logs = Float64Array.from({ length: schedule.length + 1 }, (_, t) => Math.log(clampRate(rate(schedule, t))));
  let starts = startsWithin(logs, 0);
  if (!starts) {
    let [low, high] = [0, extentOf(logs)];
    for (let i = 0; i < halvings; i++) {
      const middle = (low + high) / 2;
      const found = startsWithin(logs, middle);
      if (found) [high, starts] = [middle, found];
      else low = middle;
    }
    starts ??= startsWithin(logs, high) ?? [];
  }
  const pieces = starts.map(({ t, log }) => ({ t, lr: rounded(Math.exp(log)) }));
  const kept = pieces.filter(({ lr }, i) => lr !== pieces[i - 1]?.lr);
  return { pieces: kept, error: errorOf(kept, logs) };
}

const rounded = (lr: number): number => Number(lr.toPrecision(digits));

interface Start {
  readonly t: number;
  readonly log: number;
}

/** Stairs that leave no step further off than `tolerance`, each as long as it can be; null where they are too many. */
function startsWithin(logs: Float64Array, tolerance: number): Start[] | null {
  const [first = 0, end] = [logs[0], logs.length - 1];
  const starts: Start[] = [];
  let t = 0;
  while (t < end) {
    if (starts.length >= maxPieces - 1) return null;
    const from = t;
    let [lo, hi] = [logs[t] ?? 0, logs[t] ?? 0];
    for (; t < end; t++) {
      const log = logs[t] ?? 0;
      const [low, high] = [Math.min(lo, log), Math.max(hi, log)];
      // The first is where the learning rate begins, and has one side only.
      if (from === 0 ? Math.max(high - first, first - low) > tolerance : high - low > 2 * tolerance) break;
      [lo, hi] = [low, high];
    }
    starts.push({ t: from, log: from === 0 ? first : (lo + hi) / 2 });
  }
  return [...starts, { t: end, log: logs[end] ?? 0 }];
}

function extentOf(logs: Float64Array): number {
  let [lo, hi] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const log of logs) [lo, hi] = [Math.min(lo, log), Math.max(hi, log)];
  return hi - lo;
}

function errorOf(pieces: readonly Piece[], logs: Float64Array): number {
  let worst = 0;
  for (const [i, { t, lr }] of pieces.entries()) {
    const log = Math.log(lr);
    const next = pieces[i + 1]?.t ?? logs.length;
    for (let at = t; at < next; at++) worst = Math.max(worst, Math.abs(Math.expm1(log - (logs[at] ?? 0))));
  }
  return worst;
}
