import { maxDirectionSize, metricNames } from "../core/history/metrics";

/** How many steps to ask an engine for at a time. */
export interface Pace {
  /** Rows to make room for, and steps to ask for at most, in a chunk of this much wall time. */
  limit(budgetMs: number): number;
  /** Steps between two looks at the clock. */
  readonly stride: number;
  /** A chunk's numbers have arrived. */
  landed(steps: number, launchedAt: number, now?: number): void;
}

/** Chunks do not grow beyond this where answers could be sooner: what the page shows is as old as that. */
const longestMs = 80;

/** No chunk's columns take more than this, so that a fast engine cannot fill the memory of a slow page. */
const maxChunkBytes = 16 * 2 ** 20;

/** The rows of columns that fit into a chunk. */
export function maxRows(parameters: number, tensors: number): number {
  const width = metricNames.length + 1 + 2 * tensors + (parameters <= maxDirectionSize ? parameters : 0);
  return Math.max(1, Math.floor(maxChunkBytes / (width * Float64Array.BYTES_PER_ELEMENT)));
}

/** For an engine whose steps are done when `step` returns: the clock ends a chunk, and there is room to be faster. */
export class ClockPace implements Pace {
  #steps = 0.1;
  #ms = 1;

  constructor(private readonly rows: number) {}

  limit(budgetMs: number): number {
    return Math.min(this.rows, Math.max(64, 2 * Math.ceil((this.#steps / this.#ms) * budgetMs)));
  }

  /** About a millisecond's worth. */
  get stride(): number {
    return Math.max(1, Math.round(this.#steps / this.#ms));
  }

  landed(steps: number, launchedAt: number, now = performance.now()): void {
    this.#steps = 0.7 * this.#steps + steps;
    this.#ms = 0.7 * this.#ms + Math.max(0.01, now - launchedAt);
  }
}

/**
 * For an engine whose steps are queued. Its answers take a latency and a cost a step, t = latency + n·cost, and only the
 * cost is work: every other chunk is half as long, and while twice the steps take hardly more time, chunks grow, so that
 * a slow answer does not make them small. Otherwise they keep to the budget, and never grow so long that a page would falter.
 */
export class QueuePace implements Pace {
  readonly stride = 1;
  #steps = 2;
  #budgetMs = 0;
  #half = false;
  #lastLanding = 0;
  /** Running means of how long whole and half chunks took, in milliseconds. */
  #wholeMs: number | null = null;
  #halfMs: number | null = null;

  constructor(private readonly rows: number) {}

  limit(budgetMs: number): number {
    if (budgetMs === Number.POSITIVE_INFINITY) return this.rows;
    this.#budgetMs = budgetMs;
    this.#half = !this.#half;
    return Math.min(this.rows, Math.round(this.#half ? this.#steps / 2 : this.#steps));
  }

  landed(steps: number, launchedAt: number, now = performance.now()): void {
    // Time in which a chunk waited for the one before it is not its own.
    const ms = Math.max(0, now - Math.max(launchedAt, this.#lastLanding));
    this.#lastLanding = now;
    // Shorter ones were asked for as such, longer ones without a limit; both say nothing.
    if (steps > 1.25 * this.#steps || steps < 0.25 * this.#steps) return;
    if (steps < 0.75 * this.#steps) this.#halfMs = (ms + (this.#halfMs ?? ms)) / 2;
    else {
      this.#wholeMs = (ms + (this.#wholeMs ?? ms)) / 2;
      const half = this.#halfMs ?? 0;
      // Of t = latency + n·cost at n and at n/2. An answer that is late anyway may as well bring more.
      const latency = 2 * half - this.#wholeMs;
      const fresh = this.#wholeMs < longestMs || latency > longestMs;
      const grows = this.#wholeMs <= this.#budgetMs || (fresh && this.#wholeMs < 1.4 * half);
      this.#steps = Math.min(this.rows, Math.max(2, this.#steps * (grows ? 1.5 : 0.7)));
    }
  }
}
