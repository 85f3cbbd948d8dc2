import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** The eigenvalues of a symmetric matrix, ascending, and their orthonormal vectors. */
export interface Eigen {
  readonly values: Float64Array;
  /** The vector of the k-th value. */
  vector(k: number): Float64Array;
}

/**
 * All of them, by Householder's reduction and QL with implicit shifts (ml-matrix, after EISPACK's tred2 and tql2).
 *
 * @param matrix n rows of n entries, symmetric
 * @throws RangeError where an entry is not finite: the iteration would not end
 */
export function symmetricEigen(matrix: readonly Float64Array[]): Eigen {
  if (!matrix.every((row) => row.every(Number.isFinite))) {
    throw new RangeError("A matrix that is not finite has no eigenvalues.");
  }
  const found = new EigenvalueDecomposition(new Matrix(matrix as Float64Array[]), { assumeSymmetric: true });
  const order = found.realEigenvalues.map((_, k) => k);
  order.sort((a, b) => found.realEigenvalues[a]! - found.realEigenvalues[b]!);
  return {
    values: Float64Array.from(order, (k) => found.realEigenvalues[k]!),
    vector: (k) => Float64Array.from(found.eigenvectorMatrix.getColumn(order[k]!)),
  };
}
