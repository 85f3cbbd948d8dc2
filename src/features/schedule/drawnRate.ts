import { type Corner, simplify } from "../../core/schedule/polyline";

/** A hand draws in as many columns; ends included. */
const columns = 101;
/** Corners fewer by so much of ln lr: 4%, which no hand draws. */
const tolerance = 0.04;

/** A curve under a hand: its height in columns from 0, its beginning, to 1, its end. */
export type Drawing = readonly number[];

/** A curve as a hand finds it. */
export const drawingOf = (curve: (at: number) => number): Drawing =>
  Array.from({ length: columns }, (_, i) => curve(i / (columns - 1)));

/** The curve after a stroke from one place to another: what lies between takes the stroke's height, straight in ln lr. */
export function stroked(drawing: Drawing, a: Corner, b: Corner): Drawing {
  const [from, to] = a.at <= b.at ? [a, b] : [b, a];
  const [first, last] = [columnOf(from.at), columnOf(to.at)];
  return drawing.map((value, i) => {
    if (i < first || i > last) return value;
    // A stroke within one column ends where the hand is.
    const share = last > first ? (i - first) / (last - first) : Number(to === b);
    return from.value * (to.value / from.value) ** share;
  });
}

const columnOf = (at: number): number => Math.round(Math.min(Math.max(at, 0), 1) * (columns - 1));

/** As few corners as show it: places to a tenth of a per cent, values to three digits. */
export function cornersOf(drawing: Drawing): Corner[] {
  const all = drawing.map((value, i) => ({ at: i / (columns - 1), value: Number(value.toPrecision(3)) }));
  return simplify(all, tolerance);
}
