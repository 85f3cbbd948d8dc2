/** A symmetric matrix A of n rows, known by its products v ↦ Av alone. */
export interface LinearOperator {
  /** n, the length of every vector. */
  readonly size: number;
  /** Av, in a new vector. */
  apply(v: Float64Array): Float64Array;
}

/** SAS for a diagonal S, given as the n entries of its diagonal. */
export function scaledBothSides({ size, apply }: LinearOperator, diagonal: Float64Array): LinearOperator {
  const scale = (v: Float64Array) => v.map((x, k) => x * diagonal[k]!);
  return { size, apply: (v) => scale(apply(scale(v))) };
}

/**
 * The dense matrix of an operator, as n rows, from the products with the n unit vectors. The matrix is made symmetric,
 * (A + Aᵀ)/2, because the rounding of the products is not.
 *
 * @param afterProduct awaited after every product
 */
export async function denseMatrixOf(
  { size, apply }: LinearOperator,
  afterProduct: () => Promise<void>,
): Promise<Float64Array[]> {
  const dense: Float64Array[] = [];
  for (let k = 0; k < size; k++) {
    const unit = new Float64Array(size);
    unit[k] = 1;
    dense.push(apply(unit));
    await afterProduct();
  }
  return dense.map((row, i) => row.map((entry, j) => (entry + dense[j]![i]!) / 2));
}
