/** Steps in a block, and blocks in a block of the level above. */
const fanOut = 16;

/** Where a range of steps has its least and its greatest finite value; steps count from 1. */
export interface Extremes {
  min: number;
  minStep: number;
  max: number;
  maxStep: number;
}

/** The steps of the extremes of each complete block of one level; 0 where a block holds no finite value. */
interface Level {
  minSteps: Uint32Array<ArrayBuffer>;
  maxSteps: Uint32Array<ArrayBuffer>;
}

/**
 * A growing column of numbers, one a step, that answers for the least and the greatest value of any range in
 * O(log steps): over the values lie levels of blocks of 16, 256, 4096, … steps, each made when it is complete.
 */
export class Series {
  #values: Float64Array<ArrayBuffer> = new Float64Array(1024);
  readonly #levels: Level[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#values = grown(this.#values, Float64Array);
    this.#values[this.#length++] = value;
    for (let level = 0, size = fanOut; this.#length % size === 0; level++, size *= fanOut) this.#complete(level, size);
  }

  /** The value at `step`, NaN outside the series. */
  at(step: number): number {
    return step >= 1 && step <= this.#length ? (this.#values[step - 1] as number) : Number.NaN;
  }

  /** The values of the steps `from` … `to`, both included: a view that holds until the series changes. */
  slice(from: number, to: number): Float64Array {
    return this.#values.subarray(Math.max(from, 1) - 1, Math.min(to, this.#length));
  }

  /** Drops the values of all steps after `step`. Blocks over them are made anew when they are complete again. */
  truncate(step: number): void {
    this.#length = Math.min(this.#length, step);
  }

  /** The extremes of the finite values of the steps `from` … `to`, both included; null where there are none. */
  extremes(from: number, to: number): Extremes | null {
    let minStep = 0;
    let maxStep = 0;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    const end = Math.min(to, this.#length);
    for (let at = Math.max(from, 1) - 1; at < end; ) {
      let level = -1;
      let size = 1;
      while (at % (size * fanOut) === 0 && at + size * fanOut <= end) {
        size *= fanOut;
        level++;
      }
      const lowStep = this.#lowest(level, at / size);
      const highStep = this.#highest(level, at / size);
      if (lowStep > 0) {
        const [low, high] = [this.#values[lowStep - 1] as number, this.#values[highStep - 1] as number];
        if (low < min) [min, minStep] = [low, lowStep];
        if (high > max) [max, maxStep] = [high, highStep];
      }
      at += size;
    }
    return minStep > 0 ? { min, minStep, max, maxStep } : null;
  }

  /** The step of the least finite value in a block, 0 for none; level −1 are the values themselves. */
  #lowest(level: number, block: number): number {
    if (level < 0) return Number.isFinite(this.#values[block]) ? block + 1 : 0;
    return (this.#levels[level] as Level).minSteps[block] as number;
  }

  #highest(level: number, block: number): number {
    if (level < 0) return Number.isFinite(this.#values[block]) ? block + 1 : 0;
    return (this.#levels[level] as Level).maxSteps[block] as number;
  }

  /** Makes the block of `level` that ends with the last value, from the blocks of the level below. */
  #complete(level: number, size: number): void {
    this.#levels[level] ??= { minSteps: new Uint32Array(64), maxSteps: new Uint32Array(64) };
    const blocks = this.#levels[level];
    const block = this.#length / size - 1;
    if (block >= blocks.minSteps.length) {
      blocks.minSteps = grown(blocks.minSteps, Uint32Array);
      blocks.maxSteps = grown(blocks.maxSteps, Uint32Array);
    }
    let [minStep, maxStep] = [0, 0];
    for (let part = block * fanOut; part < (block + 1) * fanOut; part++) {
      const [low, high] = [this.#lowest(level - 1, part), this.#highest(level - 1, part)];
      if (low > 0 && (minStep === 0 || this.at(low) < this.at(minStep))) minStep = low;
      if (high > 0 && (maxStep === 0 || this.at(high) > this.at(maxStep))) maxStep = high;
    }
    blocks.minSteps[block] = minStep;
    blocks.maxSteps[block] = maxStep;
  }
}

/** A copy with twice the room. */
export function grown<A extends Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(
  array: A,
  type: new (length: number) => A,
): A {
  const larger = new type(2 * array.length);
  larger.set(array);
  return larger;
}
