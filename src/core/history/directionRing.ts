/** Memory budget for recorded directions. */
const budgetBytes = 64 * 2 ** 20;

/** The directions of the latest steps of a run, P numbers each, in a ring buffer that grows up to a memory budget. */
export class DirectionRing {
  readonly #parameters: number;
  readonly #maxSlots: number;
  #ring: Float64Array<ArrayBuffer> = new Float64Array(0);
  #slots = 0;
  /** The stored steps: `#oldest` … `#latest`. */
  #oldest = 1;
  #latest = 0;

  constructor(parameters: number, bytes = budgetBytes) {
    this.#parameters = parameters;
    this.#maxSlots = Math.max(1, Math.floor(bytes / (8 * parameters)));
  }

  /** Adds the first `count` rows of `rows`: the directions of the steps from `first` on, which must follow the latest step. */
  append(first: number, rows: Float64Array, count: number): void {
    this.#reserve(first + count - 1);
    for (let row = 0; row < count; ) {
      // The rows up to the end of the buffer.
      const slot = (first + row - 1) % this.#slots;
      const fitting = Math.min(count - row, this.#slots - slot);
      const part = rows.subarray(row * this.#parameters, (row + fitting) * this.#parameters);
      this.#ring.set(part, slot * this.#parameters);
      row += fitting;
    }
    this.#latest = first + count - 1;
    this.#oldest = Math.max(this.#oldest, this.#latest - this.#slots + 1);
  }

  /** Stores d at a step as the only direction. */
  setLatest(step: number, direction: Float64Array): void {
    this.#reserve(1);
    this.#ring.set(direction, this.#offset(step));
    this.#oldest = this.#latest = step;
  }

  /** A copy of d at `step`; null where it is not stored. */
  at(step: number): Float64Array | null {
    if (step < this.#oldest || step > this.#latest) return null;
    const offset = this.#offset(step);
    return this.#ring.slice(offset, offset + this.#parameters);
  }

  /** Removes the directions after `step`; the next one added must be that of `step` + 1. */
  truncate(step: number): void {
    this.#latest = Math.min(this.#latest, step);
    this.#oldest = Math.min(this.#oldest, step + 1);
  }

  #offset(step: number): number {
    return ((step - 1) % this.#slots) * this.#parameters;
  }

  /** Grows the buffer to `slots` directions or to the budget. A buffer that has wrapped around is at the budget and never grows. */
  #reserve(slots: number): void {
    if (slots <= this.#slots || this.#slots === this.#maxSlots) return;
    this.#slots = Math.min(this.#maxSlots, Math.max(slots, 2 * this.#slots));
    const larger = new Float64Array(this.#slots * this.#parameters);
    larger.set(this.#ring);
    this.#ring = larger;
  }
}
