import type { Matrix } from "./matrix";
import type { Network } from "./network";

/*
 * Sums over the rows of a batch of b rows. L is the mean of the rows' losses, so that the gradient g_i and the Hessian H_i of
 * row i's own loss are b times the row's part of g and H.
 */

/**
 * Σ‖g_i‖², after `backward`: ‖g_i‖² = b²·Σ_l ‖a_{l−1,i}‖²‖δ_{l,i}‖². Each a_{l−1} ends with a 1, for the bias. No gradient of a
 * row is formed.
 */
export function rowGradSquares({ layers, rows }: Network): number {
  let total = 0;
  for (let row = 0; row < rows; row++) {
    let ofRow = 0;
    for (const { a, delta } of layers) ofRow += squareOf(a, row) * squareOf(delta, row);
    total += ofRow;
  }
  return rows * rows * total;
}

/** ‖·‖² of a row of a row-major matrix. */
function squareOf({ values, rowStride }: Matrix, row: number): number {
  let sum = 0;
  for (let k = row * rowStride, end = k + rowStride; k < end; k++) sum += values[k]! * values[k]!;
  return sum;
}

/** Σr_i², after `tangent`: r_i = dᵀg_i + alpha·dᵀH_id. */
export function residualSquares({ rows, rowSlope, rowCurvature }: Network, alpha: number): number {
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const residual = rows * (rowSlope[row]! + alpha * rowCurvature[row]!);
    total += residual * residual;
  }
  return total;
}
