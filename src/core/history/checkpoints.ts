import type { SamplerPosition } from "../data/sampler";
import type { Normalisers, State } from "../recipe/optimisers";

/** The complete state of a trainer at a step: parameters, moment estimates, normalisers and the sampler's position. */
export interface Checkpoint extends State, Normalisers, SamplerPosition {
  /** The number of steps taken. */
  readonly step: number;
}

/** The number of latest checkpoints that are always kept, unless they exceed the budget; for seeks to the latest steps. */
const recentCount = 4;

const bytesOf = ({ theta, m, v, vMax }: Checkpoint): number =>
  theta.byteLength + m.byteLength + v.byteLength + vMax.byteLength;

/**
 * Checkpoints of one run within a memory budget. When they exceed the budget, the minimum interval between them doubles until
 * they fit, so that they cover the run evenly. The first (step 0), the latest and the last few added are always kept.
 */
export class CheckpointStore {
  readonly #budgetBytes: number;
  /** In ascending order of step. */
  #kept: Checkpoint[] = [];
  /** The last few added, in the order of `add`; not counted in `bytes`. */
  #recent: Checkpoint[] = [];
  /** The minimum number of steps between neighbours in `#kept`, except before the latest. */
  #interval = 1;
  #bytes = 0;

  constructor(budgetBytes: number) {
    this.#budgetBytes = budgetBytes;
  }

  get size(): number {
    return this.#kept.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Adds a checkpoint. At a step before the latest checkpoint, it is added to the last few only. */
  add(checkpoint: Checkpoint): void {
    const capacity = recentCount * bytesOf(checkpoint) <= this.#budgetBytes ? recentCount : 1;
    this.#recent.push(checkpoint);
    this.#recent.splice(0, this.#recent.length - capacity);
    const [before, latest] = [this.#kept.at(-2), this.#kept.at(-1)];
    if (latest && latest.step >= checkpoint.step) return;
    // The previous latest checkpoint was kept because it was the latest; it may be closer than the interval.
    if (before && latest && latest.step - before.step < this.#interval) this.#drop();
    this.#kept.push(checkpoint);
    this.#bytes += bytesOf(checkpoint);
    while (this.#bytes > this.#budgetBytes && this.#kept.length > 2) this.#thin();
  }

  /** The checkpoint with the largest step ≤ `step`; null where there is none. */
  nearest(step: number): Checkpoint | null {
    let [low, high] = [0, this.#kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#kept[middle] as Checkpoint).step <= step) low = middle + 1;
      else high = middle;
    }
    const kept = this.#kept[low - 1] ?? null;
    return this.#recent.reduce(
      (nearest, recent) => (recent.step <= step && (!nearest || recent.step > nearest.step) ? recent : nearest),
      kept,
    );
  }

  /** Removes all checkpoints after `step`. */
  truncate(step: number): void {
    while (this.#kept.length > 0 && (this.#kept.at(-1) as Checkpoint).step > step) this.#drop();
    this.#recent = this.#recent.filter((checkpoint) => checkpoint.step <= step);
  }

  #drop(): void {
    const dropped = this.#kept.pop();
    if (dropped) this.#bytes -= bytesOf(dropped);
  }

  #thin(): void {
    this.#interval *= 2;
    const last = this.#kept.length - 1;
    let previous = Number.NEGATIVE_INFINITY;
    this.#kept = this.#kept.filter(({ step }, i) => {
      const keep = step - previous >= this.#interval || i === last;
      if (keep) previous = step;
      return keep;
    });
    this.#bytes = this.#kept.reduce((total, checkpoint) => total + bytesOf(checkpoint), 0);
  }
}
