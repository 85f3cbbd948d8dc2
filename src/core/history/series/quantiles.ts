import { withCapacity } from "./capacity";
import { Sample, type Spread } from "./sample";
import { SpreadCache } from "./spreadCache";

/** The number of steps in a block, and of values in the summary of a block. */
const [blockSize, summarySize] = [1024, 32];

/** Ranges of fewer steps are read value by value. */
const exactSteps = 2 * blockSize;

/** Used by one query at a time: a redraw makes some hundred, and should allocate nothing. */
const sample = new Sample();
const finite = new Float64Array(blockSize);

/**
 * Quantiles of the finite values in any range of steps of a column, from one mergeable summary for each complete block of 1024
 * steps. The n finite values of a block, sorted and cut into 32 groups of equal size, are represented by the value in the middle
 * of each group, with the weight n/32. A range is the values of its incomplete blocks and the summaries of its complete blocks.
 *
 * The rank error is at most 1/64: a quantile for p is a value of the column whose rank, as a fraction, is within 1/64 of p; a range
 * of fewer than 2048 steps is exact. Proof: the middle of a group differs from the ends by at most half its size, so a block
 * misjudges the number of values below any x by at most n/64, and errors of blocks add up as their sizes do.
 *
 * Summaries of equal depth are merged as in Munro and Paterson, “Selection and sorting with limited storage” (1980). Here they are
 * never merged into a summary again, which would add an error at each level. Greenwald and Khanna's summaries and DDSketch bound
 * the error of a stream whose values are gone; the values of a run are not.
 */
export class Quantiles {
  /** For each block: 1 + its number of finite values; 0 where it is not summarised. A block is summarised when it is first read. */
  #counts = new Uint32Array(0);
  #summaries = new Float64Array(0);
  readonly #cache = new SpreadCache();
  readonly #of: (value: number) => number;

  /** @param of the quantity of a value whose quantiles these are: the value itself, or its magnitude */
  constructor(of: (value: number) => number = (value) => value) {
    this.#of = of;
  }

  /**
   * The distribution of the finite values of the steps `from` … `to`; null where there are none.
   * @param values the column, from step 1 on
   */
  spread(values: Float64Array, from: number, to: number): Spread | null {
    return this.#cache.get(from, to, () => this.#measure(values, from, to));
  }

  #measure(values: Float64Array, from: number, to: number): Spread | null {
    sample.clear();
    if (to - from + 1 < exactSteps) {
      this.#addValues(values, from - 1, to);
      return sample.spread();
    }
    const first = Math.ceil((from - 1) / blockSize);
    const end = Math.floor(to / blockSize);
    this.#counts = withCapacity(this.#counts, end, Uint32Array);
    this.#summaries = withCapacity(this.#summaries, end * summarySize, Float64Array);
    this.#addValues(values, from - 1, first * blockSize);
    for (let block = first; block < end; block++) this.#addSummary(values, block);
    this.#addValues(values, end * blockSize, to);
    return sample.spread();
  }

  /** Removes what depends on values after `step`. */
  truncate(step: number): void {
    this.#counts.fill(0, Math.floor(step / blockSize));
    this.#cache.truncate(step);
  }

  /** Adds the finite values at the indices `from` … `end` − 1 to the sample. */
  #addValues(values: Float64Array, from: number, end: number): void {
    for (let i = from; i < end; i++) {
      const value = values[i] as number;
      if (Number.isFinite(value)) sample.add(this.#of(value), 1);
    }
  }

  /** The quantities of the finite values of a block in ascending order, valid until the next call. */
  #sorted(values: Float64Array, block: number): Float64Array {
    let count = 0;
    for (let i = block * blockSize; i < (block + 1) * blockSize; i++) {
      const value = values[i] as number;
      if (Number.isFinite(value)) finite[count++] = this.#of(value);
    }
    return finite.subarray(0, count).sort();
  }

  #addSummary(values: Float64Array, block: number): void {
    const at = block * summarySize;
    if (this.#counts[block] === 0) {
      const sorted = this.#sorted(values, block);
      for (let group = 0; group < summarySize; group++) {
        this.#summaries[at + group] = sorted[Math.floor(((group + 0.5) * sorted.length) / summarySize)] ?? Number.NaN;
      }
      this.#counts[block] = sorted.length + 1;
    }
    const weight = ((this.#counts[block] as number) - 1) / summarySize;
    if (weight > 0)
      for (let group = 0; group < summarySize; group++) sample.add(this.#summaries[at + group] as number, weight);
  }
}
