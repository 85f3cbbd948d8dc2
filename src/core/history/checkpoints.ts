import type { SamplerPosition } from "../data/sampler";
import type { Normalisers, State } from "../recipe/optimisers";

/** Everything the trainer needs to go on from a step: the optimiser's state and normalisers, and the sampler's place. */
export interface Checkpoint extends State, Normalisers, SamplerPosition {
  /** Steps taken so far. */
  readonly step: number;
}

/** So many of the latest are near at hand whatever is thinned out, unless they are too large for the budget. */
const recentCount = 4;

const bytesOf = ({ theta, m, v, vMax }: Checkpoint): number =>
  theta.byteLength + m.byteLength + v.byteLength + vMax.byteLength;

/**
 * Checkpoints of one run within a memory budget. When they exceed it, their least distance doubles until they fit: what
 * is known of the run stays evenly covered, ever more coarsely. The first (step 0) and the latest are always kept; the
 * last few added besides, so that the latest steps can be taken again at once.
 */
export class CheckpointStore {
  readonly #budgetBytes: number;
  /** In the order of their steps. */
  #kept: Checkpoint[] = [];
  /** The last few added, thinned out or not; not counted in `bytes`. */
  #recent: Checkpoint[] = [];
  /** The least distance in steps between neighbours, the latest excepted. */
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

  /** Takes a checkpoint. One of a run that has gone back adds nothing to what covers it already, but is near at hand. */
  add(checkpoint: Checkpoint): void {
    const room = recentCount * bytesOf(checkpoint) <= this.#budgetBytes ? recentCount : 1;
    this.#recent.push(checkpoint);
    this.#recent.splice(0, this.#recent.length - room);
    const [before, latest] = [this.#kept.at(-2), this.#kept.at(-1)];
    if (latest && latest.step >= checkpoint.step) return;
    // The former latest was kept as the latest only, unless it is far enough from the one before it.
    if (before && latest && latest.step - before.step < this.#interval) this.#drop();
    this.#kept.push(checkpoint);
    this.#bytes += bytesOf(checkpoint);
    while (this.#bytes > this.#budgetBytes && this.#kept.length > 2) this.#thin();
  }

  /** The latest checkpoint of a step ≤ `step`; null where there is none. */
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

  /** Drops all checkpoints of steps after `step`. */
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
