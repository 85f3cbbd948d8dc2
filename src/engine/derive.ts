import { alphaStarOf, predictedChange, type Verdict, verdictOf, verdicts } from "../core/history/alpha";
import type { Columns } from "../core/history/metrics";
import type { Measurements } from "./engine";

/** The engine's measurements written straight into columns: what needs no derivation is never copied. */
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
 * Fills in what follows from an engine's measurements, for every row of `columns`:
 * α* and its verdict, the norms (square roots of what the engine summed, in place),
 * cosine = −slope / (‖g‖‖d‖), 0 where a norm is 0, and ρ = (h(s) − h(0)) / (q(s) − q(0)), NaN where q predicts no change.
 *
 * @returns the first row at which training diverges, the row before it not being diverged, or −1
 */
export function derive(columns: Columns, measured: Measurements, rounding: number, wasDiverged: boolean): number {
  const { alphaStar, verdict, gradNorm, directionNorm, cosine, reductionRatio } = columns.metrics;
  const { loss, slope, curvature, curvatureTerms, stepTaken, lossAfter, gradSquares, directionSquares } = measured;
  const tensors = gradSquares.length / loss.length;
  let before = wasDiverged;
  let divergedRow = -1;
  for (let row = 0; row < columns.count; row++) {
    const l = loss[row] as number;
    const s = slope[row] as number;
    const c = curvature[row] as number;
    const found = verdictOf(l, s, c, curvatureTerms[row] as number, rounding);
    verdict[row] = indexOf[found];
    alphaStar[row] = alphaStarOf(found, s, c);

    const g = rootOfSum(gradSquares, row * tensors, tensors);
    const d = rootOfSum(directionSquares, row * tensors, tensors);
    gradNorm[row] = g;
    directionNorm[row] = d;
    cosine[row] = g * d === 0 ? 0 : -s / (g * d);

    const predicted = predictedChange(s, c, stepTaken[row] as number);
    reductionRatio[row] = predicted === 0 ? Number.NaN : ((lossAfter[row] as number) - l) / predicted;

    const diverged = found === "diverged";
    if (diverged && !before && divergedRow < 0) divergedRow = row;
    before = diverged;
  }
  return divergedRow;
}

/** Turns squares into norms in place and gives the norm of them all. */
function rootOfSum(squares: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) {
    const square = squares[i] as number;
    sum += square;
    squares[i] = Math.sqrt(square);
  }
  return Math.sqrt(sum);
}
