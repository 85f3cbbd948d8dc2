import { bisector } from "d3-array";

/** A corner of a drawn curve: its position from 0 (start) to 1 (end), and its value, above 0. */
export interface Corner {
  readonly at: number;
  readonly value: number;
}

const byPosition = bisector((corner: Corner) => corner.at);

/** The curve through corners in ascending order, linear in ln value; constant before the first corner and after the last. */
export function interpolate(corners: readonly Corner[], at: number): number {
  const after = byPosition.right(corners, at);
  const [a, b] = [corners[after - 1], corners[after]];
  if (!a || !b) return (a ?? b)?.value ?? Number.NaN;
  return a.value * (b.value / a.value) ** ((at - a.at) / (b.at - a.at));
}

/**
 * A subset of the corners, with the first and the last, whose curve is within `tolerance` of every corner. The tolerance is a
 * difference of natural logarithms, measured vertically (Ramer 1972; Douglas and Peucker 1973).
 */
export function simplify(corners: readonly Corner[], tolerance: number): Corner[] {
  const [first, last] = [corners[0], corners.at(-1)];
  if (!first || !last || corners.length < 3) return [...corners];
  let [farthest, maxError] = [0, tolerance];
  for (const [i, { at, value }] of corners.entries()) {
    const error = Math.abs(Math.log(value / interpolate([first, last], at)));
    if (error > maxError) [farthest, maxError] = [i, error];
  }
  if (farthest === 0) return [first, last];
  const before = simplify(corners.slice(0, farthest + 1), tolerance);
  return [...before.slice(0, -1), ...simplify(corners.slice(farthest), tolerance)];
}
