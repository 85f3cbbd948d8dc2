import type { SymmetricEigen } from "./eigen";
import { dot, subtractMultiple } from "./vectors";

/** Eigenvalues below this share of the largest magnitude count as zero: their directions have no curvature to divide by. */
const zeroShare = 1e-10;

/**
 * Newton's direction −H⁺g = −Σ_k (u_kᵀg/λ_k)u_k over the eigenvalues that are not zero, with the pseudo-inverse where H has
 * no inverse.
 *
 * @param hessian the eigenvalues and eigenvectors of H
 * @param gradient g, n long
 */
export function newtonDirection({ values, vector }: SymmetricEigen, gradient: Float64Array): Float64Array {
  const largest = Math.max(...values.map(Math.abs));
  const p = new Float64Array(gradient.length);
  values.forEach((value, k) => {
    if (Math.abs(value) <= zeroShare * largest) return;
    const u = vector(k);
    subtractMultiple(p, u, dot(u, gradient) / value);
  });
  return p;
}
