import { maxDirectionSize, metricNames } from "../core/history/metrics";

/** Chooses how many steps an engine takes per chunk. */
export interface Pace {
  /** The most steps of a chunk that shall take `budgetMs` of wall time; the rows of its columns. */
  limit(budgetMs: number): number;
  /** Steps between two readings of the clock. */
  readonly stride: number;
  /** Records the time of a chunk, from its start to the arrival of its measurements. */
  record(steps: number, startedAt: number, now?: number): void;
}

/** Chunks that could be shorter do not grow beyond this: the page shows measurements of this age. */
const longestMs = 80;

/** The columns of a chunk take no more than this, so that a fast engine does not fill the memory of a slow page. */
const maxChunkBytes = 16 * 2 ** 20;

/** The most rows of a chunk. */
export function maxChunkRows(parameters: number, tensors: number): number {
  const width = metricNames.length + 1 + 2 * tensors + (parameters <= maxDirectionSize ? parameters : 0);
  return Math.max(1, Math.floor(maxChunkBytes / (width * Float64Array.BYTES_PER_ELEMENT)));
}

/** For an engine whose steps are complete when `step` returns: the clock ends a chunk, and `limit` is twice the expected steps. */
export class ClockPace implements Pace {
  #steps = 0.1;
  #ms = 1;

  constructor(private readonly rows: number) {}

  limit(budgetMs: number): number {
    return Math.min(this.rows, Math.max(64, 2 * Math.ceil((this.#steps / this.#ms) * budgetMs)));
  }

  /** Steps in about a millisecond. */
  get stride(): number {
    return Math.max(1, Math.round(this.#steps / this.#ms));
  }

  record(steps: number, startedAt: number, now = performance.now()): void {
    this.#steps = 0.7 * this.#steps + steps;
    this.#ms = 0.7 * this.#ms + Math.max(0.01, now - startedAt);
  }
}

/**
 * For an engine whose steps are queued. The time of a chunk of n steps is t = latency + n·cost, and only the cost is work.
 * Every other chunk has half the steps, which separates latency and cost. Chunks grow while twice the steps take hardly more
 * time, so that a high latency does not make chunks small. Else chunks keep to the budget, and to at most `longestMs`.
 */
export class QueuePace implements Pace {
  readonly stride = 1;
  #steps = 2;
  #budgetMs = 0;
  #half = false;
  #lastArrival = 0;
  /** Running means of the times of whole and half chunks, in ms. */
  #wholeMs: number | null = null;
  #halfMs: number | null = null;

  constructor(private readonly rows: number) {}

  limit(budgetMs: number): number {
    if (budgetMs === Number.POSITIVE_INFINITY) return this.rows;
    this.#budgetMs = budgetMs;
    this.#half = !this.#half;
    return Math.min(this.rows, Math.round(this.#half ? this.#steps / 2 : this.#steps));
  }

  record(steps: number, startedAt: number, now = performance.now()): void {
    // Without the time in which the chunk waited for the chunk before it.
    const ms = Math.max(0, now - Math.max(startedAt, this.#lastArrival));
    this.#lastArrival = now;
    // A chunk of another size was requested with that size, or ended early: no estimate follows from its time.
    if (steps > 1.25 * this.#steps || steps < 0.25 * this.#steps) return;
    if (steps < 0.75 * this.#steps) this.#halfMs = (ms + (this.#halfMs ?? ms)) / 2;
    else {
      this.#wholeMs = (ms + (this.#wholeMs ?? ms)) / 2;
      const half = this.#halfMs ?? 0;
      // From t = latency + n·cost at n and at n/2. Where the latency alone exceeds `longestMs`, longer chunks age hardly more.
      const latency = 2 * half - this.#wholeMs;
      const fresh = this.#wholeMs < longestMs || latency > longestMs;
      const grows = this.#wholeMs <= this.#budgetMs || (fresh && this.#wholeMs < 1.4 * half);
      this.#steps = Math.min(this.rows, Math.max(2, this.#steps * (grows ? 1.5 : 0.7)));
    }
  }
}
