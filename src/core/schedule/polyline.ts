import { bisector } from "d3-array";

/** A corner of a drawn curve: where in it, 0 its beginning and 1 its end, and the value there, above 0. */
export interface Corner {
  readonly at: number;
  readonly value: number;
}

const place = bisector((corner: Corner) => corner.at);

/** The curve through corners in their order, straight in the logarithm of the value, level before the first and after the last. */
export function interpolate(corners: readonly Corner[], at: number): number {
  const after = place.right(corners, at);
  const [a, b] = [corners[after - 1], corners[after]];
  if (!a || !b) return (a ?? b)?.value ?? Number.NaN;
  return a.value * (b.value / a.value) ** ((at - a.at) / (b.at - a.at));
}

/**
 * The fewest of the corners, ends kept, so that the curve through them passes all of the others within `tolerance`, a
 * difference of logarithms (Ramer 1972, Douglas and Peucker 1973, the distance taken upright).
 */
export function simplify(corners: readonly Corner[], tolerance: number): Corner[] {
  const [first, last] = [corners[0], corners.at(-1)];
  if (!first || !last || corners.length < 3) return [...corners];
  let [farthest, most] = [0, tolerance];
  for (const [i, { at, value }] of corners.entries()) {
    const off = Math.abs(Math.log(value / interpolate([first, last], at)));
    if (off > most) [farthest, most] = [i, off];
  }
  if (farthest === 0) return [first, last];
  const before = simplify(corners.slice(0, farthest + 1), tolerance);
  return [...before.slice(0, -1), ...simplify(corners.slice(farthest), tolerance)];
}
