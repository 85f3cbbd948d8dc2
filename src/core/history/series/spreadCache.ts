import type { Spread } from "./sample";

/** Smaller ranges are measured in less time than a chart needs to draw them. */
const smallest = 256;

const keys = ["p10", "p25", "p50", "p75", "p90"] as const satisfies (keyof Spread)[];

/**
 * The spreads of the ranges that charts draw again at every redraw: of a power of two of steps, at a multiple of that number. At
 * most 40 bytes for each range, in all 0.3 bytes a step.
 */
export class SpreadCache {
  /** By the size of the ranges, for each range its quantiles; NaN where it is not measured, ∞ where it has no finite values. */
  readonly #spreads = new Map<number, Float64Array<ArrayBuffer>>();

  /** The spread of the steps `from` … `to`, measured at most once. */
  get(from: number, to: number, measure: () => Spread | null): Spread | null {
    const size = to - from + 1;
    if (size < smallest || (size & (size - 1)) !== 0 || (from - 1) % size !== 0) return measure();
    const at = ((from - 1) / size) * keys.length;
    const spreads = this.#ofSize(size, at + keys.length);
    if (Number.isNaN(spreads[at])) {
      const spread = measure();
      spreads.set(spread ? keys.map((key) => spread[key]) : [Number.POSITIVE_INFINITY], at);
    }
    const value = (i: number) => spreads[at + i] as number;
    if (value(0) === Number.POSITIVE_INFINITY) return null;
    return { p10: value(0), p25: value(1), p50: value(2), p75: value(3), p90: value(4) };
  }

  /** Removes the spreads of ranges with steps after `step`. */
  truncate(step: number): void {
    for (const [size, spreads] of this.#spreads) spreads.fill(Number.NaN, Math.floor(step / size) * keys.length);
  }

  #ofSize(size: number, length: number): Float64Array {
    const before = this.#spreads.get(size) ?? new Float64Array(0);
    if (length <= before.length) return before;
    const larger = new Float64Array(Math.max(length, 2 * before.length)).fill(Number.NaN);
    larger.set(before);
    this.#spreads.set(size, larger);
    return larger;
  }
}
