import type { History } from "./history";

/** The steps in which the weights of the running means fall by a factor of e. */
const noiseWindow = 100;
/** Steps before the first one asked for that enter its means: the weight of earlier steps is below e⁻¹⁰. */
const lookBack = 10 * noiseWindow;

export interface NoisePoint {
  readonly step: number;
  /** The gradient noise scale in rows; null where the mean square of the gradient is not above its noise. */
  readonly rows: number | null;
}

/**
 * The gradient noise scale tr Σ/‖G‖² at most `points` of the steps `from` … `to`, `to` included: a batch size in rows, at which
 * the noise of the minibatch gradient equals the gradient. Σ is the covariance of the rows' gradients and G the gradient of all
 * `rows` rows. With v = `gradVariance` and b rows in the minibatch, both are estimated at each step without bias,
 *
 *     tr Σ ≈ v        ‖G‖² ≈ ‖g‖² − v·(1/b − 1/rows)
 *
 * The second estimate scatters widely and may be negative, so the scale is a ratio of means and never a mean of ratios: both means
 * are exponential ones with the same weights, (1 − 1/`noiseWindow`)^age. Steps without a variance do not enter. O(to − from).
 *
 * Source: McCandlish et al., An Empirical Model of Large-Batch Training, arXiv 1812.06162 (B_simple). The term 1/rows is that of a
 * sample without replacement, as a minibatch of an epoch is one.
 */
export function noiseScales(
  history: Pick<History, "length" | "values">,
  rows: number,
  from: number,
  to: number,
  points: number,
): NoisePoint[] {
  const last = Math.min(Math.floor(to), history.length);
  const first = Math.max(1, Math.ceil(from));
  const count = Math.min(points, last - first + 1);
  if (!(count >= 1)) return [];
  const start = Math.max(1, first - lookBack);
  const variances = history.values("gradVariance", start, last);
  const norms = history.values("gradNorm", start, last);
  const batches = history.values("batch", start, last);
  const keep = 1 - 1 / noiseWindow;
  const found: NoisePoint[] = [];
  let variance = 0;
  let square = 0;
  for (let step = start; step <= last; step++) {
    const at = step - start;
    const v = variances[at] as number;
    if (Number.isFinite(v)) {
      variance = keep * variance + v;
      square = keep * square + (norms[at] as number) ** 2 - v * (1 / (batches[at] as number) - 1 / rows);
    }
    // The k-th of `count` points is at the end of the k-th of `count` equal parts.
    if (step === first - 1 + Math.floor(((found.length + 1) * (last - first + 1)) / count)) {
      found.push({ step, rows: square > 0 ? variance / square : null });
    }
  }
  return found;
}
