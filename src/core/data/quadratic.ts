import type { Settings } from "../recipe/recipe";
import { normal, permutation, streams } from "./random";

/** The rows of a group: the four reflections of one point. */
export const groupRows = 4;

/**
 * Data for which the loss of a linear model is a quadratic function with the Hessian diag(2, 2/κ, 2) in both weights and the bias:
 * two inputs of mean 0, variances 1 and 1/κ, and covariance 0 over the rows of the data, not only in expectation.
 *
 * The rows are groups (±u, ±v), so that means and covariance are 0 whatever the rounding to float32; up to three further rows are
 * zeros. Within a group the targets are x₁ + √κ·x₂ + noise·N(0, 1): both weights contribute equally to the loss.
 *
 * @param shape at least four rows
 * @returns x, rows × 2, and y, rows × 1
 */
export function quadraticRows({ seed, rows, noise, kappa }: Pick<Settings, "seed" | "rows" | "noise" | "kappa">): {
  readonly x: Float32Array;
  readonly y: Float32Array;
} {
  const groups = Math.floor(rows / groupRows);
  const value = normal(seed, streams.inputs);
  const error = normal(seed, streams.targets);
  const perGroup = rows / groupRows;
  const [u, v] = [1, 1 / kappa].map((variance) =>
    scaled(Float64Array.from({ length: groups }, value), variance * perGroup),
  ) as [Float32Array, Float32Array];
  const place = permutation(rows, seed, streams.inputs, 1);
  const [x, y] = [new Float32Array(2 * rows), new Float32Array(rows)];
  for (let row = 0; row < rows; row++) {
    const at = place[row]!;
    const group = Math.floor(row / groupRows);
    x[2 * at] = (row & 1 ? -1 : 1) * (u[group] ?? 0);
    x[2 * at + 1] = (row & 2 ? -1 : 1) * (v[group] ?? 0);
    y[at] = x[2 * at]! + Math.sqrt(kappa) * x[2 * at + 1]! + noise * error();
  }
  return { x, y };
}

/**
 * Multiples of the values in float32 whose squares have a given sum. The values are rounded from the largest to the smallest, each
 * to that neighbour which makes up for the errors before it: the relative error of the sum is the one of the smallest square.
 */
function scaled(values: Float64Array, sum: number): Float32Array {
  const factor = Math.sqrt(sum / values.reduce((total, value) => total + value * value, 0));
  const result = new Float32Array(values.length);
  let missing = sum;
  let left = sum;
  const order = [...values.keys()].sort((a, b) => Math.abs(values[b]!) - Math.abs(values[a]!));
  for (const at of order) {
    const exact = factor * values[at]!;
    left -= exact * exact;
    // The square that leaves to the further values the sum of their own squares.
    const magnitude = Math.sqrt(Math.max(0, missing - left));
    result[at] = Math.sign(exact) * magnitude;
    missing -= result[at]! ** 2;
  }
  return result;
}
