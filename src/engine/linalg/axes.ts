import type { SymmetricEigen } from "./eigen";
import { type LanczosOptions, ritzPairsOf } from "./lanczos";
import type { LinearOperator } from "./linearOperator";
import { dot } from "./vectors";

/**
 * A direction d in orthonormal vectors u_k, each an eigenvector of a symmetric A or an approximation (a Ritz vector), with a gradient g.
 * One entry for each vector, in the order of ascending eigenvalues. Over all vectors
 *
 *     Σ squares = ‖d‖²        Σ slopes = dᵀg        Σ curvatures = dᵀAd
 */
export interface Axes {
  /** λ_k = u_kᵀAu_k, ascending. */
  readonly values: Float64Array;
  /** ‖Au_k − λ_k u_k‖, a bound of the error of λ_k: 0 for eigenvectors. */
  readonly errors: Float64Array;
  /** (u_kᵀd)² */
  readonly squares: Float64Array;
  /** (u_kᵀd)(u_kᵀg) */
  readonly slopes: Float64Array;
  /** λ_k(u_kᵀd)² */
  readonly curvatures: Float64Array;
}

/** d in all eigenvectors of A. */
export function eigenAxes({ values, vector }: SymmetricEigen, d: Float64Array, g: Float64Array): Axes {
  const ofD = new Float64Array(values.length);
  const ofG = new Float64Array(values.length);
  values.forEach((_, k) => {
    const u = vector(k);
    ofD[k] = dot(u, d);
    ofG[k] = dot(u, g);
  });
  return axesOf(values, new Float64Array(values.length), ofD, ofG);
}

/** d in the Ritz vectors of its Krylov space, which hold all of d, of its slope and of its curvature. */
export async function ritzAxes(
  operator: LinearOperator,
  d: Float64Array,
  g: Float64Array,
  options: LanczosOptions,
): Promise<Axes> {
  const { values, errors, components } = await ritzPairsOf(operator, d, options);
  return axesOf(values, errors, components(d), components(g));
}

function axesOf(values: Float64Array, errors: Float64Array, ofD: Float64Array, ofG: Float64Array): Axes {
  const squares = ofD.map((c) => c * c);
  return {
    values,
    errors,
    squares,
    slopes: ofD.map((c, k) => c * ofG[k]!),
    curvatures: squares.map((square, k) => values[k]! * square),
  };
}
