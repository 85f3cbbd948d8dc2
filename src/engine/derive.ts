import { alphaStarOf, predictedChange, type Verdict, verdictOf, verdicts } from "../core/history/alpha";
import type { Columns } from "../core/history/metrics";
import { isMet, type StopCondition } from "../core/history/stopCondition";
import type { Measurements } from "./engine";

/** Arrays for an engine's measurements that share the memory of the columns, so that nothing is copied. */
export function measurementsInto(columns: Columns): Measurements {
  const { loss, slope, curvature, stepTaken, lossAfter, gaussNewton, nextSlope, nextCurvature } = columns.metrics;
  const { gradVariance, alphaStarError } = columns.metrics;
  const capacity = loss.length;
  return {
    loss,
    slope,
    curvature,
    curvatureTerms: new Float64Array(capacity),
    stepTaken,
    lossAfter,
    gaussNewton,
    rowGradSquares: gradVariance,
    residualSquares: alphaStarError,
    nextSlope,
    nextCurvature,
    nextCurvatureTerms: new Float64Array(capacity),
    gradSquares: columns.gradNorms,
    directionSquares: columns.directionNorms,
    directions: columns.directions,
  };
}

const indexOf = Object.fromEntries(verdicts.map((verdict, index) => [verdict, index])) as Record<Verdict, number>;

export interface Derivation {
  /** Relative rounding of the engine's sums. */
  readonly rounding: number;
  /** Whether the step before the first row had diverged. */
  readonly wasDiverged: boolean;
  /** Whether the next minibatch judged a step, by the number of rows of that step's minibatch. */
  readonly isJudged: (batch: number) => boolean;
}

/**
 * Writes the derived columns of every row, with b rows in the minibatch:
 *
 * - α* and the verdict, of this minibatch and of the next one
 * - the norms, as square roots of the engine's sums of squares, in place
 * - cosine = −slope / (‖g‖‖d‖), 0 where a norm is 0
 * - ρ = (h(s) − h(0)) / (q(s) − q(0)), NaN where q predicts no change
 * - the gradient variance (Σ‖g_i‖² − b‖g‖²)/(b − 1), NaN where b = 1
 * - the standard error of α*, √(Σr_i²/(b(b − 1))) / |curvature|, NaN where b = 1 or there is no α*
 *
 * @returns the first row that has diverged after a row that had not, or −1
 */
export function derive(columns: Columns, measured: Measurements, how: Derivation): number {
  const { batch, alphaStar, verdict, gradNorm, directionNorm, cosine, reductionRatio } = columns.metrics;
  const { loss, slope, curvature, curvatureTerms, stepTaken, lossAfter, gradSquares, directionSquares } = measured;
  const tensors = gradSquares.length / loss.length;
  let previousDiverged = how.wasDiverged;
  let divergedRow = -1;
  for (let row = 0; row < columns.count; row++) {
    const l = loss[row] as number;
    const s = slope[row] as number;
    const c = curvature[row] as number;
    const verdictHere = verdictOf(l, s, c, curvatureTerms[row] as number, how.rounding);
    verdict[row] = indexOf[verdictHere];
    alphaStar[row] = alphaStarOf(verdictHere, s, c);

    const gradSquare = sumOfSquares(gradSquares, row * tensors, tensors);
    const [g, d] = [Math.sqrt(gradSquare), Math.sqrt(sumOfSquares(directionSquares, row * tensors, tensors))];
    gradNorm[row] = g;
    directionNorm[row] = d;
    cosine[row] = g * d === 0 ? 0 : -s / (g * d);

    const predicted = predictedChange(s, c, stepTaken[row] as number);
    reductionRatio[row] = predicted === 0 ? Number.NaN : ((lossAfter[row] as number) - l) / predicted;

    deriveSpread(columns, measured, row, gradSquare);
    deriveNext(columns, measured, row, how.rounding, how.isJudged(batch[row] as number));

    const diverged = verdictHere === "diverged";
    if (diverged && !previousDiverged && divergedRow < 0) divergedRow = row;
    previousDiverged = diverged;
  }
  return divergedRow;
}

/** Whether a condition is met at a row, from the measurements alone. */
export function isMetAt(
  condition: StopCondition,
  { metrics }: Columns,
  { loss, slope, curvature, curvatureTerms }: Measurements,
  row: number,
  rounding: number,
): boolean {
  const [l, s, c] = [loss[row] as number, slope[row] as number, curvature[row] as number];
  const verdict = verdictOf(l, s, c, curvatureTerms[row] as number, rounding);
  return isMet(condition, { verdict, loss: l, lr: metrics.lr[row] as number, alphaStar: alphaStarOf(verdict, s, c) });
}

/** The columns that follow from the spread of the rows of the minibatch. @param gradSquare ‖g‖² */
function deriveSpread({ metrics }: Columns, measured: Measurements, row: number, gradSquare: number): void {
  const b = metrics.batch[row] as number;
  const variance = ((measured.rowGradSquares[row] as number) - b * gradSquare) / (b - 1);
  // The variance is negative by rounding only.
  metrics.gradVariance[row] = b > 1 ? Math.max(0, variance) : Number.NaN;
  const error = Math.sqrt((measured.residualSquares[row] as number) / (b * (b - 1)));
  const hasAlphaStar = b > 1 && !Number.isNaN(metrics.alphaStar[row]);
  metrics.alphaStarError[row] = hasAlphaStar ? error / Math.abs(measured.curvature[row] as number) : Number.NaN;
}

/** The columns of the next minibatch, whose loss is not measured. */
function deriveNext({ metrics }: Columns, measured: Measurements, row: number, rounding: number, judged: boolean) {
  const s = measured.nextSlope[row] as number;
  const c = measured.nextCurvature[row] as number;
  const verdict = verdictOf(0, s, c, measured.nextCurvatureTerms[row] as number, rounding);
  metrics.nextVerdict[row] = judged ? indexOf[verdict] : Number.NaN;
  metrics.nextAlphaStar[row] = judged ? alphaStarOf(verdict, s, c) : Number.NaN;
}

/** Replaces `count` squared norms by the norms, and returns the sum of the squares. */
function sumOfSquares(squares: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) {
    const square = squares[i] as number;
    sum += square;
    squares[i] = Math.sqrt(square);
  }
  return sum;
}
