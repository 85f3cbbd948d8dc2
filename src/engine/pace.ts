import { maxDirectionSize, metricNames } from "../core/columns";

/** No chunk's columns take more than this, so that a fast engine cannot fill the memory of a slow page. */
const maxChunkBytes = 16 * 2 ** 20;
/** How much of the past is kept at each landing: long enough to even out landings that arrive together. */
const memory = 0.7;

/** How many steps to ask an engine for, from how many it has lately made in a millisecond. */
export class Pace {
  private steps = 0.1;
  private ms = 1;
  private lastLanding = 0;
  private readonly maxRows: number;

  /** @param synchronous whether steps are done when `step` returns, so that the clock alone can end a chunk */
  constructor(
    private readonly synchronous: boolean,
    parameters: number,
    tensors: number,
  ) {
    const width = metricNames.length + 1 + 2 * tensors + (parameters <= maxDirectionSize ? parameters : 0);
    this.maxRows = Math.max(1, Math.floor(maxChunkBytes / (width * Float64Array.BYTES_PER_ELEMENT)));
  }

  /**
   * Rows to make room for. An asynchronous engine gets as many steps as it can do in the budget; for a synchronous one,
   * which looks at the clock as it goes, there is room to be faster than before.
   */
  limit(budgetMs: number): number {
    const expected = Math.ceil((this.steps / this.ms) * budgetMs);
    return Math.min(this.maxRows, this.synchronous ? Math.max(64, 2 * expected) : Math.max(1, expected));
  }

  /** Steps between two looks at the clock: about a millisecond's worth. */
  get stride(): number {
    return Math.max(1, Math.round(this.steps / this.ms));
  }

  /** A chunk's numbers have arrived. Time in which it waited for the chunk before it is not its own. */
  landed(steps: number, launchedAt: number, now = performance.now()): void {
    const own = Math.max(0, now - Math.max(launchedAt, this.lastLanding));
    this.lastLanding = now;
    this.steps = memory * this.steps + steps;
    this.ms = Math.max(0.01, memory * this.ms + own);
  }
}
