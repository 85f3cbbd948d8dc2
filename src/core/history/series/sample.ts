import { withCapacity } from "./capacity";

/** The distribution of the finite values of a range of steps: the quantiles that charts draw. */
export interface Spread {
  readonly p10: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
}

const probabilities = [0.1, 0.25, 0.5, 0.75, 0.9] as const;

/** Weighted values, whose quantiles are found by selection: O(values) on average. */
export class Sample {
  #values = new Float64Array(2048);
  #weights = new Float64Array(2048);
  #length = 0;
  #total = 0;

  clear(): void {
    this.#length = this.#total = 0;
  }

  add(value: number, weight: number): void {
    if (this.#length === this.#values.length) {
      this.#values = withCapacity(this.#values, this.#length + 1, Float64Array);
      this.#weights = withCapacity(this.#weights, this.#length + 1, Float64Array);
    }
    this.#values[this.#length] = value;
    this.#weights[this.#length++] = weight;
    this.#total += weight;
  }

  /** For each probability p the least value at or below which the weight is at least p of the total; null for an empty sample. */
  spread(): Spread | null {
    if (this.#length === 0) return null;
    const found = probabilities.map(() => Number.NaN);
    const targets = probabilities.map((p) => p * this.#total);
    select(this.#values, this.#weights, 0, this.#length, 0, targets, 0, targets.length, found);
    const [p10, p25, p50, p75, p90] = found as [number, number, number, number, number];
    return { p10, p25, p50, p75, p90 };
  }
}

/**
 * Finds, for the ascending targets `first` … `last` − 1, the values at which the cumulative weight reaches them: quicksort that
 * sorts only the parts in which a target lies. Orders the entries `from` … `end` − 1 of `values` and `weights` in place.
 * @param before the weight of all entries before `from`
 */
function select(
  values: Float64Array,
  weights: Float64Array,
  from: number,
  end: number,
  before: number,
  targets: readonly number[],
  first: number,
  last: number,
  found: number[],
): void {
  if (first === last) return;
  const pivot = medianOf(values[from] as number, values[(from + end) >> 1] as number, values[end - 1] as number);
  // Three parts: below the pivot, equal to it, above it.
  let [low, high, lowWeight, equalWeight] = [from, end, 0, 0];
  for (let i = from; i < high; ) {
    const value = values[i] as number;
    const weight = weights[i] as number;
    if (value === pivot) {
      equalWeight += weight;
      i++;
      continue;
    }
    if (value < pivot) lowWeight += weight;
    const other = value < pivot ? low++ : --high;
    values[i] = values[other] as number;
    weights[i] = weights[other] as number;
    values[other] = value;
    weights[other] = weight;
    if (value < pivot) i++;
  }
  const [upToLow, upToPivot] = [before + lowWeight, before + lowWeight + equalWeight];
  let below = first;
  while (below < last && (targets[below] as number) <= upToLow) below++;
  let above = below;
  // Rounding may leave a target above the total.
  while (above < last && ((targets[above] as number) <= upToPivot || high === end)) found[above++] = pivot;
  select(values, weights, from, low, before, targets, first, below, found);
  select(values, weights, high, end, upToPivot, targets, above, last, found);
}

const medianOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
