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

interface Options {
  readonly maxProducts: number;
  /** Awaited between two products. */
  readonly betweenProducts: () => Promise<void>;
}

/** The iteration ends where both errors are below this share of the larger magnitude. */
const tolerance = 1e-7;
/** A new basis vector below this share of the matrix's magnitude is rounding: the basis spans an invariant subspace. */
const breakdown = 1e-13;

/**
 * The largest and the smallest eigenvalue by Lanczos iteration. With the orthonormal basis Q = (q₁ … q_k) of the Krylov
 * space of q₁,
 *
 *     r = Aq_k − QQᵀAq_k        β_k = ‖r‖        q_{k+1} = r/β_k        T = QᵀAQ
 *
 * T is tridiagonal (α_k = q_kᵀAq_k on the diagonal, β_k beside it), and its extreme eigenvalues (Ritz values) approach those
 * of A. The residual ‖Ax − λx‖ = β_k·|s_k| of a Ritz pair, s_k the last entry of the eigenvector of T, bounds its error.
 * Every new vector is orthogonalised twice against the whole basis, which rounding would else make lose its orthogonality.
 * The start q₁ is always the same. See Parlett, The Symmetric Eigenvalue Problem (1998), chapter 13.
 *
 * @throws RangeError where a product is not finite
 */
export async function extremeEigenvalues(
  { size, apply }: LinearOperator,
  { maxProducts, betweenProducts }: Options,
): Promise<ExtremeEigenvalues> {
  const basis: Float64Array[] = [];
  const alphas: number[] = [];
  const betas: number[] = [];
  const draw = normal(0, streams.lanczos);
  let next = normalised(Float64Array.from({ length: size }, draw));
  for (;;) {
    basis.push(next);
    const residual = apply(next);
    alphas.push(dot(next, residual));
    for (const _ of [0, 1]) for (const q of basis) subtractMultiple(residual, q, dot(q, residual));
    const beta = norm(residual);
    const extremes = extremeRitzValues(alphas, betas, beta);
    const magnitude = Math.max(Math.abs(extremes.largest.value), Math.abs(extremes.smallest.value));
    const exact = beta <= breakdown * magnitude || basis.length === size;
    const accurate = Math.max(extremes.largest.error, extremes.smallest.error) <= tolerance * magnitude;
    if (exact || accurate || basis.length >= maxProducts) return extremes;
    betas.push(beta);
    next = normalised(residual);
    await betweenProducts();
  }
}

/**
 * The extreme eigenvalues of the tridiagonal T.
 * @param alphas its diagonal, k entries
 * @param betas its k − 1 entries beside the diagonal
 * @param lastBeta β_k, the norm of the residual
 */
function extremeRitzValues(alphas: readonly number[], betas: readonly number[], lastBeta: number): ExtremeEigenvalues {
  const count = alphas.length;
  const { values, vector } = symmetricEigen(
    alphas.map((alpha, i) => {
      const row = new Float64Array(count);
      row[i] = alpha;
      if (i > 0) row[i - 1] = betas[i - 1]!;
      if (i + 1 < count) row[i + 1] = betas[i]!;
      return row;
    }),
  );
  const estimate = (k: number) => ({ value: values[k]!, error: Math.abs(lastBeta * vector(k)[count - 1]!) });
  return { largest: estimate(count - 1), smallest: estimate(0), products: count };
}
