import type { History, SeriesName } from "../../core/history/history";
import type { Domain } from "./domains";

/** The values of some series at a step; null is a gap. */
export interface Row {
  readonly step: number;
  readonly [series: string]: number | null;
}

export const stepOf = ({ step }: Row): number => step;

/** The most points of a series: more are slow to draw and closer than pixels. */
export const maxPoints = 300;

/** The measured steps on an axis, in consecutive parts of `size` steps; the last one may be shorter. */
export interface Parts {
  readonly from: number;
  readonly to: number;
  /** A power of two. Parts begin at multiples of it, plus 1, so that they do not move while the run grows. */
  readonly size: number;
}

/**
 * Single steps up to `maxPoints` of them; else parts, each drawn as two points. The first part may begin before the domain,
 * so that no step on the axis is left out.
 *
 * @param longest the length of the longest run drawn, which decides the size of the parts for all runs
 */
export function partsOf(length: number, domain: Domain, longest = length): Parts {
  const first = Math.max(1, Math.ceil(domain.lo));
  const to = Math.min(length, Math.floor(domain.hi));
  const end = Math.min(longest, Math.floor(domain.hi));
  if (end - first < maxPoints) return { from: first, to, size: 1 };
  let size = 2;
  while ((end - first + 1) / size > maxPoints / 2 - 1) size *= 2;
  return { from: Math.floor((first - 1) / size) * size + 1, to, size };
}

/** The first step of each part. */
export function partStarts({ from, to, size }: Parts): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((to - from + 1) / size)) }, (_, part) => from + part * size);
}

/**
 * The series as rows. A part of more than one step becomes two rows: the least and the greatest value of each series, in
 * the order of their steps. So a spike of one step is drawn.
 */
export function rowsOf(history: History, parts: Parts, series: Readonly<Record<string, SeriesName>>): Row[] {
  const starts = partStarts(parts);
  const offsets = parts.size === 1 ? [0] : [0, parts.size / 2];
  const rows: Record<string, number | null>[] = starts.flatMap((start) =>
    offsets.map((offset) => ({ step: start + offset })),
  );
  for (const [key, name] of Object.entries(series)) {
    for (const row of rows) row[key] = null;
    for (const { from, min, minStep, max, maxStep } of bucketsOf(history, parts, name)) {
      const at = ((from - parts.from) / parts.size) * offsets.length;
      const [early, late] = minStep <= maxStep ? [min, max] : [max, min];
      const [first, second] = [rows[at], rows[at + 1]];
      if (first) first[key] = early;
      if (second && parts.size > 1) second[key] = late;
    }
  }
  return rows as unknown as Row[];
}

/** Least and greatest values by part. The last, shorter part has a query of its own, to keep the others aligned. */
export function bucketsOf(history: History, parts: Parts, name: SeriesName) {
  const { whole, rest } = split(parts);
  const complete = whole > 0 ? history.minMax(name, parts.from, rest - 1, whole) : [];
  return rest <= parts.to ? [...complete, ...history.minMax(name, rest, parts.to, 1)] : complete;
}

/** Counts of verdicts by part. */
export function verdictsOf(history: History, parts: Parts) {
  const { whole, rest } = split(parts);
  const complete = whole > 0 ? history.verdictCounts(parts.from, rest - 1, whole) : [];
  return rest <= parts.to ? [...complete, ...history.verdictCounts(rest, parts.to, 1)] : complete;
}

function split({ from, to, size }: Parts): { whole: number; rest: number } {
  const whole = Math.max(0, Math.floor((to - from + 1) / size));
  return { whole, rest: from + whole * size };
}

/** The extent of some series of rows; [∞, −∞] where they hold nothing. */
export function extentOf(
  rows: readonly Row[],
  keys: readonly string[],
  map = (value: number) => value,
): [number, number] {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    for (const key of keys) {
      const value = row[key];
      if (value === null || value === undefined) continue;
      min = Math.min(min, map(value));
      max = Math.max(max, map(value));
    }
  }
  return [min, max];
}
