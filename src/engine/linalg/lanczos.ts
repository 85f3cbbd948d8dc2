import { normal, streams } from "../../core/data/random";
import { symmetricEigen } from "./eigen";
import type { LinearOperator } from "./linearOperator";
import { dot, norm, normalised, subtractMultiple } from "./vectors";

/** An estimate of an eigenvalue: some eigenvalue of the matrix lies within `error` of `value`. */
export interface EigenvalueEstimate {
  readonly value: number;
  readonly error: number;
}

export interface ExtremeEigenvalues {
  readonly largest: EigenvalueEstimate;
  readonly smallest: EigenvalueEstimate;
  /** Products Av that the iteration took. */
  readonly products: number;
}

export interface LanczosOptions {
  readonly maxProducts: number;
  /** Awaited between two products. */
  readonly betweenProducts: () => Promise<void>;
}

/** The iteration ends where both errors are below this share of the larger magnitude. */
const tolerance = 1e-7;
/** A new basis vector below this share of the matrix's magnitude is rounding: the basis spans an invariant subspace. */
const breakdown = 1e-13;

/** The Krylov space of q₁ after k products. */
interface Krylov {
  /** q₁ … q_k, orthonormal. */
  readonly basis: readonly Float64Array[];
  /** The diagonal of T = QᵀAQ, k entries. */
  readonly alphas: readonly number[];
  /** The k − 1 entries beside the diagonal. */
  readonly betas: readonly number[];
  /** β_k, the norm of the residual. */
  readonly beta: number;
}

/**
 * The Krylov spaces of q₁ by Lanczos iteration, one more product each. With the orthonormal basis Q = (q₁ … q_k)
 *
 *     r = Aq_k − QQᵀAq_k        β_k = ‖r‖        q_{k+1} = r/β_k        T = QᵀAQ
 *
 * T is tridiagonal (α_k = q_kᵀAq_k on the diagonal, β_k beside it), and its extreme eigenvalues (Ritz values) approach those
 * of A. The residual ‖Ax − λx‖ = β_k·|s_k| of a Ritz pair, s_k the last entry of the eigenvector of T, bounds its error.
 * Every new vector is orthogonalised twice against the whole basis, which rounding would else make lose its orthogonality.
 * See Parlett, The Symmetric Eigenvalue Problem (1998), chapter 13.
 *
 * The caller ends the iteration where the space is invariant (`isInvariant`): it has no next vector.
 *
 * @param first q₁, of unit length
 */
async function* krylovSpaces(
  { apply }: LinearOperator,
  first: Float64Array,
  betweenProducts: () => Promise<void>,
): AsyncGenerator<Krylov> {
  const basis: Float64Array[] = [];
  const alphas: number[] = [];
  const betas: number[] = [];
  for (let next = first; ; ) {
    basis.push(next);
    const residual = apply(next);
    alphas.push(dot(next, residual));
    for (const _ of [0, 1]) for (const q of basis) subtractMultiple(residual, q, dot(q, residual));
    const beta = norm(residual);
    yield { basis, alphas, betas, beta };
    betas.push(beta);
    next = normalised(residual);
    await betweenProducts();
  }
}

/** Whether a Krylov space holds every further product. @param magnitude of the largest Ritz value */
const isInvariant = ({ basis, beta }: Krylov, size: number, magnitude: number): boolean =>
  beta <= breakdown * magnitude || basis.length === size;

/** The largest and the smallest eigenvalue by Lanczos iteration. @throws RangeError where a product is not finite */
export const extremeEigenvalues = async (
  operator: LinearOperator,
  options: LanczosOptions,
): Promise<ExtremeEigenvalues> => extremeRitzValues(await spaceWithExtremes(operator, options));

/**
 * The Ritz vectors of the largest and of the smallest eigenvalue, of unit length, from the same iteration.
 *
 * @throws RangeError where a product is not finite
 */
export async function extremeEigenvectors(
  operator: LinearOperator,
  options: LanczosOptions,
): Promise<{ readonly largest: Float64Array; readonly smallest: Float64Array }> {
  const space = await spaceWithExtremes(operator, options);
  const { vector } = symmetricEigen(tridiagonal(space));
  const inBasis = (shares: Float64Array) => {
    const sum = new Float64Array(operator.size);
    space.basis.forEach((q, k) => void subtractMultiple(sum, q, -shares[k]!));
    return normalised(sum);
  };
  return { largest: inBasis(vector(space.basis.length - 1)), smallest: inBasis(vector(0)) };
}

/** The first Krylov space whose extreme Ritz values are accurate, or of `maxProducts` products. The start q₁ is always the same. */
async function spaceWithExtremes(
  operator: LinearOperator,
  { maxProducts, betweenProducts }: LanczosOptions,
): Promise<Krylov> {
  const draw = normal(0, streams.lanczos);
  const first = normalised(Float64Array.from({ length: operator.size }, draw));
  for await (const space of krylovSpaces(operator, first, betweenProducts)) {
    const extremes = extremeRitzValues(space);
    const magnitude = Math.max(Math.abs(extremes.largest.value), Math.abs(extremes.smallest.value));
    const accurate = Math.max(extremes.largest.error, extremes.smallest.error) <= tolerance * magnitude;
    if (accurate || isInvariant(space, operator.size, magnitude) || space.basis.length >= maxProducts) return space;
  }
  throw new RangeError("A Lanczos iteration has no products.");
}

/** The Ritz pairs of the Krylov space of d. */
interface RitzPairs {
  /** k Ritz values, ascending. */
  readonly values: Float64Array;
  /** The bounds ‖Ay − λy‖ of their errors. */
  readonly errors: Float64Array;
  /** y_kᵀv of the Ritz vector y_k of `values[k]`, of unit length, for each k. */
  components(v: Float64Array): Float64Array;
}

/**
 * The Ritz pairs of the Krylov space of d after at most `maxProducts` products. d and therefore dᵀv for every v lie in the space:
 * the components reproduce ‖d‖², dᵀv and dᵀAd exactly, whatever the number of products (Golub and Meurant, Matrices, Moments and
 * Quadrature, 2010, chapter 6). Where d is zero there are none.
 *
 * @throws RangeError where a product is not finite
 */
export async function ritzPairsOf(
  operator: LinearOperator,
  d: Float64Array,
  { maxProducts, betweenProducts }: LanczosOptions,
): Promise<RitzPairs> {
  const length = norm(d);
  const none = { values: new Float64Array(0), errors: new Float64Array(0), components: () => new Float64Array(0) };
  if (length === 0) return none;
  let magnitude = 0;
  for await (const space of krylovSpaces(operator, normalised(d), betweenProducts)) {
    const { basis, alphas, beta } = space;
    magnitude = Math.max(magnitude, Math.abs(alphas.at(-1)!), beta);
    if (basis.length < maxProducts && !isInvariant(space, operator.size, magnitude)) continue;
    const { values, vector } = symmetricEigen(tridiagonal(space));
    const vectors = Array.from(values, (_, k) => vector(k));
    return {
      values,
      errors: Float64Array.from(vectors, (s) => Math.abs(beta * s.at(-1)!)),
      components(v) {
        const ofBasis = Float64Array.from(basis, (q) => dot(q, v));
        return Float64Array.from(vectors, (s) => dot(s, ofBasis));
      },
    };
  }
  return none;
}

/** The extreme eigenvalues of the tridiagonal T. */
function extremeRitzValues(space: Krylov): ExtremeEigenvalues {
  const count = space.alphas.length;
  const { values, vector } = symmetricEigen(tridiagonal(space));
  const estimate = (k: number) => ({ value: values[k]!, error: Math.abs(space.beta * vector(k)[count - 1]!) });
  return { largest: estimate(count - 1), smallest: estimate(0), products: count };
}

function tridiagonal({ alphas, betas }: Krylov): Float64Array[] {
  return alphas.map((alpha, i) => {
    const row = new Float64Array(alphas.length);
    row[i] = alpha;
    if (i > 0) row[i - 1] = betas[i - 1]!;
    if (i + 1 < alphas.length) row[i + 1] = betas[i]!;
    return row;
  });
}
