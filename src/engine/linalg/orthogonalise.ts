import { type Matrix, product, transposed } from "../cpu/matrix";
import { norm } from "./vectors";

/** Muon's polynomial σ ← aσ + bσ³ + cσ⁵ of the singular values, and the number of its iterations. */
const [a, b, c] = [3.4445, -4.775, 2.0315];
const iterations = 5;
/** Products of two numbers after which `betweenParts` is awaited. */
const partProducts = 2 ** 21;

/**
 * Muon's approximation of UVᵀ for M = UΣVᵀ: five Newton–Schulz iterations
 *
 *     X ← aX + (bA + cA²)X        A = XXᵀ        from X = M/‖M‖
 *
 * Each singular value of X goes through the polynomial by itself; those of at least 0.01·‖M‖ end between 0.68 and 1.14. Source:
 * K. Jordan, Muon: an optimizer for hidden layers in neural networks (2024), kellerjordan.github.io/posts/muon. A zero matrix stays zero.
 *
 * @param matrix rows × columns, row-major
 * @param betweenParts awaited between parts of the products
 */
export async function orthogonalised(
  matrix: Float64Array,
  [rows, columns]: readonly [number, number],
  betweenParts: () => Promise<void>,
): Promise<Float64Array> {
  const length = norm(matrix);
  if (length === 0) return matrix.slice();
  // XXᵀ of the shorter side.
  const [short, long] = [Math.min(rows, columns), Math.max(rows, columns)];
  const view = (values: Float64Array) => {
    const rowMajor = { values, offset: 0, rowStride: columns, columnStride: 1 };
    return rows > columns ? transposed(rowMajor) : rowMajor;
  };
  const square = (): Matrix => ({
    values: new Float64Array(short * short),
    offset: 0,
    rowStride: short,
    columnStride: 1,
  });
  const [x, bent, gram, squared] = [
    view(matrix.map((value) => value / length)),
    view(matrix.slice()),
    square(),
    square(),
  ];
  for (let k = 0; k < iterations; k++) {
    await multiply(gram, x, transposed(x), [short, long, short], betweenParts);
    await multiply(squared, gram, gram, [short, short, short], betweenParts);
    for (let i = 0; i < gram.values.length; i++) gram.values[i] = b * gram.values[i]! + c * squared.values[i]!;
    await multiply(bent, gram, x, [short, short, long], betweenParts);
    for (let i = 0; i < matrix.length; i++) x.values[i] = a * x.values[i]! + bent.values[i]!;
  }
  return x.values;
}

/** C ← A·B with A rows × depth and B depth × columns, some columns at a time. */
async function multiply(
  into: Matrix,
  left: Matrix,
  right: Matrix,
  [rows, depth, columns]: readonly [number, number, number],
  betweenParts: () => Promise<void>,
): Promise<void> {
  const from = (matrix: Matrix, column: number): Matrix => ({
    ...matrix,
    offset: matrix.offset + column * matrix.columnStride,
  });
  const count = Math.max(2, Math.floor(partProducts / (rows * depth)));
  for (let j = 0; j < columns; j += count) {
    product(from(into, j), left, from(right, j), rows, depth, Math.min(count, columns - j));
    await betweenParts();
  }
}
