/** The top eigenvalue of the preconditioned Hessian at one step. */
export interface EdgePoint {
  readonly step: number;
  /** λmax of P^{−1/2}HP^{−1/2}, in units of 1/step. */
  readonly largest: number;
  /** Number of rows of the Hessian: all rows, or as many as can be afforded. */
  readonly rows: number;
}

/** Maximum number of points, which is the number that a chart draws. */
const maxEdgePoints = 300;

/**
 * Adds a point, or replaces the point of the same step. Above `maxEdgePoints` the point with the nearest neighbours is
 * removed, so that the points stay about evenly spaced.
 */
export function withPoint(points: readonly EdgePoint[], point: EdgePoint): readonly EdgePoint[] {
  const place = points.findLastIndex(({ step }) => step <= point.step);
  const same = points[place]?.step === point.step;
  const all = points.toSpliced(same ? place : place + 1, same ? 1 : 0, point);
  if (all.length <= maxEdgePoints) return all;
  const between = (k: number) => (all[k + 1] as EdgePoint).step - (all[k - 1] as EdgePoint).step;
  let closest = 1;
  for (let k = 2; k < all.length - 1; k++) if (between(k) < between(closest)) closest = k;
  return all.toSpliced(closest, 1);
}
