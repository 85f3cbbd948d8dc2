import { clampRate, type Schedule, shapes } from "./schedule";

/** A constant learning rate from t on; t is counted from 0 at the first step of the schedule. */
export interface Piece {
  readonly t: number;
  readonly lr: number;
}

/** More edits make a link hard to read, without a visible gain in accuracy. */
const maxPieces = 100;
/** Significant digits of a learning rate: the rounding error is at most 0.05%. */
const digits = 4;
/** Bisections in the search for the smallest tolerance. */
const halvings = 20;

/**
 * A piecewise constant approximation of a schedule by at most `maxPieces` pieces. Exact at every step (to four digits) where
 * that many pieces suffice. Otherwise all pieces but the first and the last span the same ratio, which minimises the
 * returned `error`: the largest |piece/lr − 1| over all steps. With V the total variation of ln lr, the error before
 * rounding is at most e^{V/2(maxPieces − 3)} − 1. The first piece has the learning rate of t = 0, the last that of t = `length`.
 */
export function piecewise(schedule: Schedule): { readonly pieces: readonly Piece[]; readonly error: number } {
  const { rate } = shapes[schedule.shape];
  const logs = Float64Array.from({ length: schedule.length + 1 }, (_, t) => Math.log(clampRate(rate(schedule, t))));
  let starts = startsWithin(logs, 0);
  if (!starts) {
    let [low, high] = [0, extentOf(logs)];
    for (let i = 0; i < halvings; i++) {
      const middle = (low + high) / 2;
      const candidate = startsWithin(logs, middle);
      if (candidate) [high, starts] = [middle, candidate];
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

/** The starts of the longest pieces within `tolerance`, a difference of ln lr, at every step; null where more than `maxPieces` are needed. */
function startsWithin(logs: Float64Array, tolerance: number): Start[] | null {
  const [first = 0, end] = [logs[0], logs.length - 1];
  const starts: Start[] = [];
  let t = 0;
  while (t < end) {
    if (starts.length >= maxPieces - 1) return null;
    const start = t;
    let [lo, hi] = [logs[t] ?? 0, logs[t] ?? 0];
    for (; t < end; t++) {
      const log = logs[t] ?? 0;
      const [low, high] = [Math.min(lo, log), Math.max(hi, log)];
      // The first piece has the value of t = 0, not the middle of its range.
      if (start === 0 ? Math.max(high - first, first - low) > tolerance : high - low > 2 * tolerance) break;
      [lo, hi] = [low, high];
    }
    starts.push({ t: start, log: start === 0 ? first : (lo + hi) / 2 });
  }
  return [...starts, { t: end, log: logs[end] ?? 0 }];
}

function extentOf(logs: Float64Array): number {
  let [lo, hi] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const log of logs) [lo, hi] = [Math.min(lo, log), Math.max(hi, log)];
  return hi - lo;
}

function errorOf(pieces: readonly Piece[], logs: Float64Array): number {
  let error = 0;
  for (const [i, { t, lr }] of pieces.entries()) {
    const log = Math.log(lr);
    const next = pieces[i + 1]?.t ?? logs.length;
    for (let step = t; step < next; step++) error = Math.max(error, Math.abs(Math.expm1(log - (logs[step] ?? 0))));
  }
  return error;
}
