import { type Corner, simplify } from "../../core/schedule/polyline";

/** Columns of a drawing, ends included. */
const columns = 101;
/** The greatest error in ln lr of a simplified drawing: 4% of lr. */
const tolerance = 0.04;

/** A curve as its values in equidistant columns over 0 … 1. */
export type Drawing = readonly number[];

/** The values of a curve in the columns. */
export const drawingOf = (curve: (at: number) => number): Drawing =>
  Array.from({ length: columns }, (_, i) => curve(i / (columns - 1)));

/** The drawing after a stroke from one corner to another: the columns between them are interpolated in ln lr. */
export function stroked(drawing: Drawing, a: Corner, b: Corner): Drawing {
  const [from, to] = a.at <= b.at ? [a, b] : [b, a];
  const [first, last] = [columnOf(from.at), columnOf(to.at)];
  return drawing.map((value, i) => {
    if (i < first || i > last) return value;
    // A stroke within one column takes the value of its end.
    const share = last > first ? (i - first) / (last - first) : Number(to === b);
    return from.value * (to.value / from.value) ** share;
  });
}

const columnOf = (at: number): number => Math.round(Math.min(Math.max(at, 0), 1) * (columns - 1));

/** The corners of the simplified drawing, with values to three digits. */
export function cornersOf(drawing: Drawing): Corner[] {
  const all = drawing.map((value, i) => ({ at: i / (columns - 1), value: Number(value.toPrecision(3)) }));
  return simplify(all, tolerance);
}
