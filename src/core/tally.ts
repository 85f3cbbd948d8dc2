import { type Verdict, verdicts } from "./alpha";
import { withRoom } from "./pyramid";

/** Steps between two running totals. */
const stride = 64;

/** Counts of verdicts over any range of steps, in time that does not depend on the range. Steps count from 1. */
export class Tally {
  #length = 0;
  #steps = new Uint8Array(1024);
  /** For each stretch of 64 steps: how often each verdict was passed before it. */
  #totals: Uint32Array<ArrayBuffer> = new Uint32Array(64);

  /** Takes `count` verdicts, as indices into `verdicts`. */
  append(source: Float64Array, count: number): void {
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
    this.#totals = withRoom(this.#totals, (end + 1) * verdicts.length, Uint32Array);
    for (let stretch = first; stretch < end; stretch++) {
      const at = stretch * verdicts.length;
      this.#totals.copyWithin(at + verdicts.length, at, at + verdicts.length);
      this.#count(stretch * stride, (stretch + 1) * stride, this.#totals, at + verdicts.length);
    }
  }

  /** How often each verdict was passed at the steps `from` … `to`, both included. */
  counts(from: number, to: number): Record<Verdict, number> {
    const [upTo, before] = [this.#upTo(to), this.#upTo(from - 1)];
    const counts = verdicts.map((verdict, v) => [verdict, (upTo[v] as number) - (before[v] as number)] as const);
    return Object.fromEntries(counts) as Record<Verdict, number>;
  }

  /** Drops the verdicts of all steps after `step`; running totals beyond are made anew. */
  truncate(step: number): void {
    this.#length = Math.min(this.#length, step);
  }

  #upTo(step: number): Uint32Array {
    const end = Math.max(0, Math.min(step, this.#length));
    const stretch = Math.floor(end / stride);
    const totals = this.#totals.slice(stretch * verdicts.length, (stretch + 1) * verdicts.length);
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
