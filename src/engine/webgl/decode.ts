import type { Measurements } from "../engine";
import type { Layout, ParameterPacking } from "./programs/layout";
import { recordedParameterTexels } from "./programs/record";

/** Decodes the records that `recordPass` draws. The sums over rows are formed here, in float64. */
export interface Decoder {
  /**
   * Writes parts 1, 2, 3 and 5 into row `row` of `into`: every column but `stepTaken` and `lossAfter`.
   * @param ends `Sweep.ends`
   */
  step(texels: Float32Array, ends: readonly [number, number, number], into: Measurements, row: number): void;
  /** The mean loss of `rows` rows, from part 4, which begins at texel `first`. */
  meanLoss(texels: Float32Array, first: number, rows: number): number;
  /** The sums over `rows` rows of the four columns of part 3, which begins at texel `first`. */
  sums(texels: Float32Array, first: number, rows: number): [number, number, number, number];
}

export function makeDecoder(layout: Layout, packing: ParameterPacking): Decoder {
  const parameterTexels = recordedParameterTexels(layout);
  const tensors = 2 * layout.layers.length;

  function sums(texels: Float32Array, first: number, rows: number): [number, number, number, number] {
    const totals: [number, number, number, number] = [0, 0, 0, 0];
    for (let at = 4 * first; at < 4 * (first + rows); at += 4) {
      totals[0] += texels[at] as number;
      totals[1] += texels[at + 1] as number;
      totals[2] += texels[at + 2] as number;
      totals[3] += texels[at + 3] as number;
    }
    return totals;
  }

  /** Writes the sums of (Σg², Σd²) over `rows` lines from `first` into the entry `at` of a tensor. Returns the next line. */
  function squares(texels: Float32Array, first: number, rows: number, into: Measurements, at: number): number {
    const [g, d] = sums(texels, first, rows);
    into.gradSquares[at] = g;
    into.directionSquares[at] = d;
    return first + rows;
  }

  /** Σr_i² with r_i = dᵀg_i + α*·dᵀH_id over `rows` rows, whose terms of slope and curvature begin at texel `first`. */
  function residualSquares(texels: Float32Array, first: number, rows: number, alphaStar: number): number {
    let sum = 0;
    for (let at = 4 * first; at < 4 * (first + rows); at += 4) {
      const residual = rows * ((texels[at + 1] as number) + alphaStar * (texels[at + 2] as number));
      sum += residual * residual;
    }
    return sum;
  }

  return {
    sums,
    meanLoss: (texels, first, rows) => sums(texels, first, rows)[0] / rows,
    step(texels, [rows, judged, all], into, row) {
      let next = 0;
      for (const [l, { inputWidth }] of layout.layers.entries()) {
        next = squares(texels, next, 4 * inputWidth, into, row * tensors + 2 * l);
        next = squares(texels, next, 1, into, row * tensors + 2 * l + 1);
      }
      if (layout.directions && into.directions.length > 0) {
        packing.unpack(texels.subarray(4 * layout.lines), 0, 1, into.directions, row * layout.parameters);
      }
      const [loss, slope, curvature, terms] = sums(texels, parameterTexels, rows);
      into.loss[row] = loss / rows;
      into.slope[row] = slope;
      into.curvature[row] = curvature;
      into.curvatureTerms[row] = terms;
      into.residualSquares[row] = residualSquares(texels, parameterTexels, rows, -slope / curvature);
      const [gaussNewton, rowSquares] = sums(texels, parameterTexels + all, rows);
      into.gaussNewton[row] = gaussNewton;
      into.rowGradSquares[row] = rowSquares * rows * rows;
      const [, nextSlope, nextCurvature, nextTerms] = sums(texels, parameterTexels + rows, judged - rows);
      const isJudged = judged > rows;
      into.nextSlope[row] = isJudged ? nextSlope : Number.NaN;
      into.nextCurvature[row] = isJudged ? nextCurvature : Number.NaN;
      into.nextCurvatureTerms[row] = isJudged ? nextTerms : Number.NaN;
    },
  };
}
