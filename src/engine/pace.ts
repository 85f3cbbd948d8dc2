import { maxDirectionSize, metricNames } from "../core/columns";

/** How many steps to ask an engine for at a time. */
export interface Pace {
  /** Rows to make room for, and steps to ask for at most, in a chunk of this much wall time. */
  limit(budgetMs: number): number;
  /** Steps between two looks at the clock. */
  readonly stride: number;
  /** A chunk's numbers have arrived. */
  landed(steps: number, launchedAt: number, now?: number): void;
}

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
 * For an engine whose steps are queued: a chunk gets as many as the engine does in the budget, however long its answer
 * then takes to arrive. A chunk of n steps takes t = latency + n·cost; the cost is the slope of a line through the latest
 * chunks (least squares, older ones counting less and less), so that a slow answer does not make chunks small.
 */
export class QueuePace implements Pace {
  readonly stride = 1;
  #lastLanding = 0;
  #lastSteps = 2;
  #short = false;
  /** Weight and weighted sums of n, t, n² and nt. */
  #sums = { w: 0, n: 0, t: 0, nn: 0, nt: 0 };

  constructor(private readonly rows: number) {}

  limit(budgetMs: number): number {
    if (budgetMs === Number.POSITIVE_INFINITY) return this.rows;
    // Every other chunk is half as long: a line needs two points.
    this.#short = !this.#short;
    const steps = Math.min(budgetMs / this.#cost(), 2 * this.#lastSteps, this.rows);
    return Math.max(1, Math.round(this.#short ? steps / 2 : steps));
  }

  landed(steps: number, launchedAt: number, now = performance.now()): void {
    // Time in which a chunk waited for the one before it is not its own.
    const t = Math.max(0, now - Math.max(launchedAt, this.#lastLanding));
    this.#lastLanding = now;
    this.#lastSteps = Math.max(steps, this.#lastSteps / 2);
    const { w, n, t: sum, nn, nt } = this.#sums;
    const keep = 0.8;
    this.#sums = {
      w: keep * w + 1,
      n: keep * n + steps,
      t: keep * sum + t,
      nn: keep * nn + steps * steps,
      nt: keep * nt + steps * t,
    };
  }

  /** Milliseconds a step. Never more than a chunk took in all, and never so little that noise could make chunks endless. */
  #cost(): number {
    const { w, n, t, nn, nt } = this.#sums;
    if (n === 0) return 1;
    const whole = t / n;
    const spread = w * nn - n * n;
    const slope = spread > 0 ? (w * nt - n * t) / spread : whole;
    return Math.max(Math.min(slope, whole), whole / 16, 1e-3);
  }
}
