import { withCapacity } from "./capacity";
import { Quantiles } from "./quantiles";
import type { Spread } from "./sample";

/** The number of steps in a block of the lowest level, and of blocks in a block of each higher level. */
const fanOut = 16;

/** The smallest and the largest finite value in a range of steps, and their steps, counted from 1. */
export interface Extremes {
  min: number;
  minStep: number;
  max: number;
  maxStep: number;
}

/** The values of a series as they are, or without their signs. */
export type Quantity = "value" | "magnitude";

/** For each complete block of one level, the steps of its extremes; 0 for a block without finite values. */
interface Level {
  minSteps: Uint32Array<ArrayBuffer>;
  maxSteps: Uint32Array<ArrayBuffer>;
}

/**
 * A growing column of numbers, one per step, with the minimum and the maximum of any range in O(log steps): a pyramid of
 * blocks of 16, 256, 4096, … steps stores the extremes of each complete block.
 */
export class Series {
  #values: Float64Array<ArrayBuffer> = new Float64Array(1024);
  readonly #levels: Level[] = [];
  readonly #quantiles = { value: new Quantiles(), magnitude: new Quantiles(Math.abs) } as const;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Appends `count` values of `source`, every `stride`-th from `offset` on. */
  append(source: Float64Array, count: number, offset = 0, stride = 1): void {
    const before = this.#length;
    this.#length += count;
    this.#values = withCapacity(this.#values, this.#length, Float64Array);
    const values = this.#values;
    if (stride === 1) values.set(source.subarray(offset, offset + count), before);
    else for (let i = 0; i < count; i++) values[before + i] = source[offset + i * stride] as number;
    for (let level = 0, size = fanOut; size <= this.#length; level++, size *= fanOut) {
      this.#complete(level, Math.floor(before / size), Math.floor(this.#length / size));
    }
  }

  /** The value at `step`; NaN outside the series. */
  at(step: number): number {
    return step >= 1 && step <= this.#length ? (this.#values[step - 1] as number) : Number.NaN;
  }

  /** A view of the values of the steps `from` … `to`, both included, which is valid until the series changes. */
  slice(from: number, to: number): Float64Array {
    return this.#values.subarray(Math.max(from, 1) - 1, Math.max(0, Math.min(to, this.#length)));
  }

  /** An independent copy. */
  copy(): Series {
    const copy = new Series();
    copy.append(this.#values, this.#length);
    return copy;
  }

  /** Removes the values after `step`. Their blocks are computed again when they are complete again. */
  truncate(step: number): void {
    this.#length = Math.min(this.#length, step);
    for (const quantiles of Object.values(this.#quantiles)) quantiles.truncate(this.#length);
  }

  /** The extremes of the finite values of the steps `from` … `to`, both included; null where there are none. */
  extremes(from: number, to: number): Extremes | null {
    const found: Extremes = { min: Number.POSITIVE_INFINITY, minStep: 0, max: Number.NEGATIVE_INFINITY, maxStep: 0 };
    const end = Math.min(to, this.#length);
    for (let at = Math.max(from, 1) - 1; at < end; ) {
      let level = -1;
      let size = 1;
      while (at % (size * fanOut) === 0 && at + size * fanOut <= end) {
        size *= fanOut;
        level++;
      }
      const blocks = this.#levels[level];
      if (blocks) {
        this.#include(found, blocks.minSteps[at / size] as number);
        this.#include(found, blocks.maxSteps[at / size] as number);
      } else {
        this.#include(found, at + 1);
      }
      at += size;
    }
    return found.minStep > 0 ? found : null;
  }

  /**
   * The distribution of the finite values of the steps `from` … `to`, both included, or of their magnitudes; null where there
   * are none.
   */
  spread(from: number, to: number, of: Quantity = "value"): Spread | null {
    return this.#quantiles[of].spread(this.#values, Math.max(from, 1), Math.min(to, this.#length));
  }

  /** Extends the extremes to the value at `step` where it is finite; `step` 0 is ignored. */
  #include(extremes: Extremes, step: number): void {
    const value = step > 0 ? (this.#values[step - 1] as number) : Number.NaN;
    if (value < extremes.min && value > Number.NEGATIVE_INFINITY) {
      extremes.min = value;
      extremes.minStep = step;
    }
    if (value > extremes.max && value < Number.POSITIVE_INFINITY) {
      extremes.max = value;
      extremes.maxStep = step;
    }
  }

  /** Computes the blocks `first` … `end` − 1 of `level` from the level below; below level 0 are the values. */
  #complete(level: number, first: number, end: number): void {
    this.#levels[level] ??= { minSteps: new Uint32Array(64), maxSteps: new Uint32Array(64) };
    const blocks = this.#levels[level];
    blocks.minSteps = withCapacity(blocks.minSteps, end, Uint32Array);
    blocks.maxSteps = withCapacity(blocks.maxSteps, end, Uint32Array);
    const below = this.#levels[level - 1];
    const values = this.#values;
    // Local variables, not an `Extremes`: each step of a run passes here once in each of some thirty series.
    for (let block = first; block < end; block++) {
      let [min, max, minStep, maxStep] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
      for (let part = block * fanOut; part < (block + 1) * fanOut; part++) {
        const lowStep = below ? (below.minSteps[part] as number) : part + 1;
        const highStep = below ? (below.maxSteps[part] as number) : part + 1;
        // Comparisons with NaN, also that of step 0, are false.
        const low = values[lowStep - 1] as number;
        const high = values[highStep - 1] as number;
        if (low < min && low > Number.NEGATIVE_INFINITY) [min, minStep] = [low, lowStep];
        if (high > max && high < Number.POSITIVE_INFINITY) [max, maxStep] = [high, highStep];
      }
      blocks.minSteps[block] = minStep;
      blocks.maxSteps[block] = maxStep;
    }
  }
}
