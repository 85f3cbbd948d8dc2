import { alphaStarOf, predictedChange, type Verdict, verdictOf, verdicts } from "../core/history/alpha";
import type { Columns } from "../core/history/metrics";
import type { Measurements } from "./engine";

/** Arrays for an engine's measurements that share the memory of the columns, so that nothing is copied. */
export function measurementsInto(columns: Columns, curvatureTerms: Float64Array): Measurements {
  const { loss, slope, curvature, stepTaken, lossAfter } = columns.metrics;
  return {
    loss,
    slope,
    curvature,
    curvatureTerms,
    stepTaken,
    lossAfter,
    gradSquares: columns.gradNorms,
    directionSquares: columns.directionNorms,
    directions: columns.directions,
  };
}

const indexOf = Object.fromEntries(verdicts.map((verdict, index) => [verdict, index])) as Record<Verdict, number>;

/**
 * Writes the derived columns of every row: α* and the verdict; the norms, as square roots of the engine's sums of squares, in
 * place; cosine = −slope / (‖g‖‖d‖), 0 where a norm is 0; ρ = (h(s) − h(0)) / (q(s) − q(0)), NaN where q predicts no change.
 *
 * @param rounding relative rounding of the engine's sums
 * @param wasDiverged whether the step before the first row had diverged
 * @returns the first row that has diverged after a row that had not, or −1
 */
export function derive(columns: Columns, measured: Measurements, rounding: number, wasDiverged: boolean): number {
  const { alphaStar, verdict, gradNorm, directionNorm, cosine, reductionRatio } = columns.metrics;
  const { loss, slope, curvature, curvatureTerms, stepTaken, lossAfter, gradSquares, directionSquares } = measured;
  const tensors = gradSquares.length / loss.length;
  let previousDiverged = wasDiverged;
  let divergedRow = -1;
  for (let row = 0; row < columns.count; row++) {
    const l = loss[row] as number;
    const s = slope[row] as number;
    const c = curvature[row] as number;
    const verdictHere = verdictOf(l, s, c, curvatureTerms[row] as number, rounding);
    verdict[row] = indexOf[verdictHere];
    alphaStar[row] = alphaStarOf(verdictHere, s, c);

    const g = rootOfSum(gradSquares, row * tensors, tensors);
    const d = rootOfSum(directionSquares, row * tensors, tensors);
    gradNorm[row] = g;
    directionNorm[row] = d;
    cosine[row] = g * d === 0 ? 0 : -s / (g * d);

    const predicted = predictedChange(s, c, stepTaken[row] as number);
    reductionRatio[row] = predicted === 0 ? Number.NaN : ((lossAfter[row] as number) - l) / predicted;

    const diverged = verdictHere === "diverged";
    if (diverged && !previousDiverged && divergedRow < 0) divergedRow = row;
    previousDiverged = diverged;
  }
  return divergedRow;
}

/** Replaces `count` squared norms by the norms, and returns the norm of all parts together. */
function rootOfSum(squares: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) {
    const square = squares[i] as number;
    sum += square;
    squares[i] = Math.sqrt(square);
  }
  return Math.sqrt(sum);
}
