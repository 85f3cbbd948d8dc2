import { withCapacity } from "./pyramid";

/** Steps between two running totals. */
const stride = 64;

/**
 * Each step in one of a few classes (its verdict, or its bin of a histogram), and how many are in each over any range of
 * steps, in time that does not depend on the range. Steps count from 1.
 */
export class Tally {
  #length = 0;
  #steps = new Uint8Array(1024);
  /** For each stretch of 64 steps: how many steps before it are in each class. */
  #totals: Uint32Array<ArrayBuffer>;

  /** @param classes at most 256 */
  constructor(private readonly classes: number) {
    this.#totals = new Uint32Array(classes);
  }

  /** Takes the classes of `count` steps, the first `count` entries of `source`. */
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
    const [first, end] = [Math.floor(before / stride), Math.floor(length / stride)];
    this.#totals = withCapacity(this.#totals, (end + 1) * this.classes, Uint32Array);
    for (let stretch = first; stretch < end; stretch++) {
      const at = stretch * this.classes;
      this.#totals.copyWithin(at + this.classes, at, at + this.classes);
      this.#count(stretch * stride, (stretch + 1) * stride, this.#totals, at + this.classes);
    }
  }

  /** How many of the steps `from` … `to`, both included, are in each class. */
  counts(from: number, to: number): Uint32Array {
    const [upTo, before] = [this.#upTo(to), this.#upTo(from - 1)];
    return upTo.map((count, at) => count - (before[at] as number));
  }

  /** The same classes in a tally of its own. */
  copy(): Tally {
    const copy = new Tally(this.classes);
    copy.append(this.#steps, this.#length);
    return copy;
  }

  /** Drops the classes of all steps after `step`; running totals beyond are made anew. */
  truncate(step: number): void {
    this.#length = Math.min(this.#length, step);
  }

  #upTo(step: number): Uint32Array {
    const end = Math.max(0, Math.min(step, this.#length));
    const stretch = Math.floor(end / stride);
    const totals = this.#totals.slice(stretch * this.classes, (stretch + 1) * this.classes);
    this.#count(stretch * stride, end, totals, 0);
    return totals;
  }

  #count(from: number, end: number, into: Uint32Array, offset: number): void {
    for (let i = from; i < end; i++) {
      const at = offset + (this.#steps[i] as number);
      into[at] = (into[at] as number) + 1;
    }
  }
}
