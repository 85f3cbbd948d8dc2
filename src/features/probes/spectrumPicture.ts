import { type Domain, logDomain } from "../../kit/chart/domains";

/** One eigenvalue: its rank, 1 for the largest, and its magnitude. */
export interface RankedValue {
  readonly rank: number;
  readonly size: number;
}

export interface SpectrumPicture {
  readonly x: Domain;
  readonly y: Domain;
  readonly positive: readonly RankedValue[];
  readonly negative: readonly RankedValue[];
  /** The number of eigenvalues that are zero to within rounding error; a logarithmic axis cannot show them. */
  readonly zeros: number;
}

/** The greatest magnitude of a zero eigenvalue, as a share of the largest magnitude. */
const rounding = 1e-12;

/** The axis of the ranks 1 to `count`; each rank has a width of 1. */
export function rankDomain(count: number): Domain {
  return { lo: 0.5, hi: Math.max(1, count) + 0.5, ticks: count > 1 ? [1, count] : [1] };
}

/**
 * All eigenvalues by rank, as magnitudes on a logarithmic axis.
 *
 * @param values ascending
 * @param threshold a value that the axis must cover, too; null without one. A threshold that is not positive is below any axis
 */
export function spectrumPicture(
  values: Float64Array,
  threshold: number | null,
  before: SpectrumPicture | null,
): SpectrumPicture {
  const count = values.length;
  const largest = Math.max(Math.abs(values[0] ?? 0), Math.abs(values[count - 1] ?? 0));
  const ranked = Array.from(values, (value, k) => ({ value, rank: count - k, size: Math.abs(value) })).reverse();
  const seen = ranked.filter(({ size }) => size > rounding * largest);
  const sizes = [...seen.map(({ size }) => size), ...(threshold !== null && threshold > 0 ? [threshold] : [])];
  return {
    x: rankDomain(count),
    y: logDomain(Math.min(...sizes), Math.max(...sizes), before?.y ?? null),
    positive: seen.filter(({ value }) => value > 0),
    negative: seen.filter(({ value }) => value < 0),
    zeros: count - seen.length,
  };
}
