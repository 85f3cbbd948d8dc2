import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** A = UΛUᵀ for a symmetric A of n rows. */
export interface SymmetricEigen {
  /** The n eigenvalues, ascending. */
  readonly values: Float64Array;
  /** The eigenvector of `values[k]`, of unit length; the vectors are orthogonal to each other. */
  vector(k: number): Float64Array;
}

/**
 * All eigenvalues and eigenvectors, by Householder reduction to tridiagonal form and QL with implicit shifts (ml-matrix,
 * after EISPACK's tred2 and tql2).
 *
 * @param matrix n rows of n entries, symmetric
 * @throws RangeError where an entry is not finite: the QL iteration would not end
 */
export function symmetricEigen(matrix: readonly Float64Array[]): SymmetricEigen {
  if (!matrix.every((row) => row.every(Number.isFinite))) {
    throw new RangeError("A matrix with entries that are not finite has no eigenvalues.");
  }
  const decomposition = new EigenvalueDecomposition(new Matrix(matrix as Float64Array[]), { assumeSymmetric: true });
  const { realEigenvalues, eigenvectorMatrix } = decomposition;
  const order = realEigenvalues.map((_, k) => k);
  order.sort((a, b) => realEigenvalues[a]! - realEigenvalues[b]!);
  return {
    values: Float64Array.from(order, (k) => realEigenvalues[k]!),
    vector: (k) => Float64Array.from(eigenvectorMatrix.getColumn(order[k]!)),
  };
}
