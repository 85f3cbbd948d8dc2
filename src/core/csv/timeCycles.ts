import type { TimeColumn } from "./columnTypes";

/** The fraction of a cycle at a time in days since 1970-01-01, from 0 to 1. */
export type Phase = (days: number) => number;

const dayMs = 86_400_000;
/** The mean length of a year, in days: a longer series contains every season. */
const yearDays = 365.2425;
/** A smaller range of phases is rounding error: the values are at one point of the cycle, as January 1 of each year. */
const minRange = 1e-9;

const phaseOfDay: Phase = (days) => days - Math.floor(days);

/** The fraction of the calendar year, so that January 1 is at 0 in every year. */
const phaseOfYear: Phase = (days) => {
  const year = new Date(days * dayMs).getUTCFullYear();
  const start = Date.UTC(year, 0, 1) / dayMs;
  return (days - start) / (Date.UTC(year + 1, 0, 1) / dayMs - start);
};

/**
 * The cycles of a column in the training rows: the season where the times span more than a year, and the time of day where they have one
 * and span more than a day. Times without a date have the cycle of the day.
 */
export function cyclesOf({ values, dated, timed }: TimeColumn, trained: readonly number[]): Phase[] {
  const days = trained.map((row) => values[row] as number).filter((value) => !Number.isNaN(value));
  const span = rangeOf(days);
  const cycles: Phase[] = [];
  if (dated && span > yearDays) cycles.push(phaseOfYear);
  if (timed && (!dated || span > 1)) cycles.push(phaseOfDay);
  return cycles.filter((phaseOf) => rangeOf(days.map(phaseOf)) > minRange);
}

function rangeOf(values: readonly number[]): number {
  let [lo, hi] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [lo, hi] = [Math.min(lo, value), Math.max(hi, value)];
  return hi - lo;
}
