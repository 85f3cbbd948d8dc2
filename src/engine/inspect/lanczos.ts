import { normal, streams } from "../../core/data/random";
import { symmetricEigen } from "./eigen";

/** A symmetric matrix known by its products alone. */
export interface Operator {
  readonly size: number;
  times(v: Float64Array): Float64Array;
}

/** An eigenvalue lies within `error` of `value`. */
export interface Bounded {
  readonly value: number;
  readonly error: number;
}

export interface Extremes {
  readonly largest: Bounded;
  readonly smallest: Bounded;
  /** Products that it took. */
  readonly products: number;
}

interface Options {
  /** Products at most. */
  readonly most: number;
  /** Let others have their turn; called between products. */
  readonly pause: () => Promise<void>;
}

/** Both errors below this share of the larger magnitude end the iteration. */
const tolerance = 1e-7;
/** A new vector shorter than this share of the matrix lies within the span of those before: rounding, not a direction. */
const breakdown = 1e-13;

/**
 * The largest and the smallest eigenvalue by Lanczos, every new vector orthogonalised twice against all before it, from a
 * start that is always the same. An error is the residual ‖Ax − λx‖ = β·|s|, s being the last entry of the vector in the basis.
 *
 * @throws RangeError where a product is not finite
 */
export async function extremesOf({ size, times }: Operator, { most, pause }: Options): Promise<Extremes> {
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  const draw = normal(0, streams.lanczos);
  let next = scaled(Float64Array.from({ length: size }, draw));
  for (;;) {
    basis.push(next);
    const product = times(next);
    diagonal.push(dot(next, product));
    for (const _ of [0, 1]) for (const q of basis) subtract(product, q, dot(q, product));
    const rest = Math.sqrt(dot(product, product));
    const extremes = ritz(diagonal, beside, rest);
    const magnitude = Math.max(Math.abs(extremes.largest.value), Math.abs(extremes.smallest.value));
    const exact = rest <= breakdown * magnitude || basis.length === size;
    const accurate = Math.max(extremes.largest.error, extremes.smallest.error) <= tolerance * magnitude;
    if (exact || accurate || basis.length >= most) return extremes;
    beside.push(rest);
    next = scaled(product);
    await pause();
  }
}

/** The extremes of the tridiagonal matrix so far; `rest` is what its next entry beside the diagonal would be. */
function ritz(diagonal: readonly number[], beside: readonly number[], rest: number): Extremes {
  const count = diagonal.length;
  const { values, vector } = symmetricEigen(
    diagonal.map((entry, i) => {
      const row = new Float64Array(count);
      row[i] = entry;
      if (i > 0) row[i - 1] = beside[i - 1]!;
      if (i + 1 < count) row[i + 1] = beside[i]!;
      return row;
    }),
  );
  const bounded = (k: number) => ({ value: values[k]!, error: Math.abs(rest * vector(k)[count - 1]!) });
  return { largest: bounded(count - 1), smallest: bounded(0), products: count };
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

function subtract(from: Float64Array, q: Float64Array, times: number): void {
  for (let k = 0; k < from.length; k++) from[k]! -= times * q[k]!;
}

function scaled(v: Float64Array): Float64Array {
  const length = Math.sqrt(dot(v, v));
  return v.map((x) => x / length);
}
