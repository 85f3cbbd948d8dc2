import { withCapacity } from "./capacity";

/** The number of steps between two stored cumulative counts. */
const blockSize = 256;

/**
 * The class of each step (its verdict, or its histogram bin), with the counts of the classes over any range of steps in
 * constant time. Steps are counted from 1.
 */
export class Tally {
  #length = 0;
  #steps = new Uint8Array(1024);
  /** For each block of 256 steps: the counts of the classes over all steps before the block. */
  #totals: Uint32Array<ArrayBuffer>;

  /** @param classes at most 256 */
  constructor(private readonly classes: number) {
    this.#totals = new Uint32Array(classes);
  }

  /** Appends the classes of `count` steps, the first `count` entries of `source`. */
  append(source: ArrayLike<number>, count: number): void {
    const before = this.#length;
    const length = before + count;
    if (length > this.#steps.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#steps.length));
      larger.set(this.#steps);
      this.#steps = larger;
    }
    for (let i = 0; i < count; i++) this.#steps[before + i] = source[i] as number;
    this.#length = length;
    const [first, end] = [Math.floor(before / blockSize), Math.floor(length / blockSize)];
    this.#totals = withCapacity(this.#totals, (end + 1) * this.classes, Uint32Array);
    for (let block = first; block < end; block++) {
      const at = block * this.classes;
      this.#totals.copyWithin(at + this.classes, at, at + this.classes);
      this.#count(block * blockSize, (block + 1) * blockSize, this.#totals, at + this.classes);
    }
  }

  /** The counts of the classes over the steps `from` … `to`, both included. */
  counts(from: number, to: number): Uint32Array {
    const [upTo, before] = [this.#countsUpTo(to), this.#countsUpTo(from - 1)];
    return upTo.map((count, at) => count - (before[at] as number));
  }

  /** An independent copy. */
  copy(): Tally {
    const copy = new Tally(this.classes);
    copy.append(this.#steps, this.#length);
    return copy;
  }

  /** Removes the classes after `step`; later cumulative counts are computed again. */
  truncate(step: number): void {
    this.#length = Math.min(this.#length, step);
  }

  #countsUpTo(step: number): Uint32Array {
    const end = Math.max(0, Math.min(step, this.#length));
    const block = Math.floor(end / blockSize);
    const totals = this.#totals.slice(block * this.classes, (block + 1) * this.classes);
    this.#count(block * blockSize, end, totals, 0);
    return totals;
  }

  #count(from: number, end: number, into: Uint32Array, offset: number): void {
    for (let i = from; i < end; i++) {
      const at = offset + (this.#steps[i] as number);
      into[at] = (into[at] as number) + 1;
    }
  }
}
