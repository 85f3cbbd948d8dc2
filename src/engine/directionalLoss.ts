import type { Batch } from "./engine";

/** h(0), h′(0) and h″(0) of h(α) = L_rows(θ + αd). */
export interface DirectionalDerivatives {
  /** h(0), the mean loss over the rows. */
  readonly loss: number;
  /** h′(0) = dᵀg */
  readonly slope: number;
  /** h″(0) = dᵀHd */
  readonly curvature: number;
  /** The sum of the magnitudes of the terms that the curvature is summed from. */
  readonly curvatureTerms: number;
}

/** The loss along directions, as pure functions of (θ, d, rows): no run is changed by them. */
export interface DirectionalLoss {
  /** The derivatives along each of several directions. The loss and its gradient at θ are computed once for all. */
  derivatives(theta: Float64Array, directions: readonly Float64Array[], rows: Batch): Promise<DirectionalDerivatives[]>;
  /** h(α) at each α. */
  values(theta: Float64Array, d: Float64Array, rows: Batch, alphas: Float64Array): Promise<Float64Array>;
}
