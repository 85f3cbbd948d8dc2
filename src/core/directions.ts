/** Memory for recorded directions. */
const budgetBytes = 64 * 2 ** 20;

/** The most recent directions of a run, P numbers each, in a ring that grows up to its budget. */
export class Directions {
  readonly #parameters: number;
  readonly #maxSlots: number;
  #ring: Float64Array<ArrayBuffer> = new Float64Array(0);
  #slots = 0;
  /** The steps that the ring holds: `#oldest` … `#latest`. */
  #oldest = 1;
  #latest = 0;

  constructor(parameters: number, bytes = budgetBytes) {
    this.#parameters = parameters;
    this.#maxSlots = Math.max(1, Math.floor(bytes / (8 * parameters)));
  }

  /** Takes d at `step`, the one after the latest, from row `row` of `rows`. */
  push(step: number, rows: Float64Array, row: number): void {
    if (this.#slots < this.#maxSlots && step > this.#slots) this.#grow();
    this.#ring.set(rows.subarray(row * this.#parameters, (row + 1) * this.#parameters), this.#offset(step));
    this.#latest = step;
    this.#oldest = Math.max(this.#oldest, step - this.#slots + 1);
  }

  /** Takes d at a step, and forgets those before it. */
  setLatest(step: number, direction: Float64Array): void {
    if (this.#slots === 0) {
      this.#ring = new Float64Array(this.#parameters);
      this.#slots = 1;
    }
    this.#ring.set(direction, this.#offset(step));
    this.#oldest = this.#latest = step;
  }

  /** A copy of d at `step`, or null where it is not held. */
  at(step: number): Float64Array | null {
    if (step < this.#oldest || step > this.#latest) return null;
    const offset = this.#offset(step);
    return this.#ring.slice(offset, offset + this.#parameters);
  }

  /** Drops the directions of all steps after `step`; the next one pushed is that of `step` + 1. */
  truncate(step: number): void {
    this.#latest = Math.min(this.#latest, step);
    this.#oldest = Math.min(this.#oldest, step + 1);
  }

  #offset(step: number): number {
    return ((step - 1) % this.#slots) * this.#parameters;
  }

  /** Twice the room; while it grows, the ring has not come round yet and step s lies in slot s − 1. */
  #grow(): void {
    this.#slots = Math.min(this.#maxSlots, Math.max(256, 2 * this.#slots));
    const larger = new Float64Array(this.#slots * this.#parameters);
    larger.set(this.#ring);
    this.#ring = larger;
  }
}
