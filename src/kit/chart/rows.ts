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

/** Where a step has at least this width, in pixels, it is drawn by itself; else parts of at least this width. */
const leastWidth = 2.5;

/** The measured steps on an axis, in consecutive parts of `size` steps; the last one may be shorter. */
export interface Parts {
  readonly from: number;
  readonly to: number;
  /** A power of two. Parts begin at multiples of it, plus 1, so that they do not move while the run grows. */
  readonly size: number;
  /** 0 while a step has its width, 1 where it has half of it or less; between the two in proportion to the zoom. */
  readonly crowding: number;
}

/**
 * The parts into which an axis of `width` pixels divides a run: those of one step have a step each. The first part may begin
 * before the domain and the last may end after it, so that they do not change while the axis moves.
 */
export function partsOf(length: number, { lo, hi }: Pick<Domain, "lo" | "hi">, width: number): Parts {
  const octaves = Math.log2((leastWidth * (hi - lo)) / width);
  const size = 2 ** Math.max(0, Math.ceil(octaves));
  const [first, last] = [Math.max(1, Math.ceil(lo)), Math.floor(hi)];
  const from = Math.floor((first - 1) / size) * size + 1;
  const to = Math.min(length, Math.ceil(last / size) * size);
  return { from, to, size, crowding: Math.min(Math.max(octaves, 0), 1) };
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

/** The last step of each part. */
export function partEnds(parts: Parts): number[] {
  return partStarts(parts).map((start) => Math.min(start + parts.size - 1, parts.to));
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
