/** A slice that has lasted this long, in ms, is followed by a turn of the event loop. */
const sliceMs = 10;
/** Products of a weight and an activation that plain loops compute in about a frame. */
export const sliceProducts = 2 ** 21;

/** Divides long work into slices of about a frame. Between two slices the worker serves the run. */
export class TimeSlices {
  private closed = false;
  private began = 0;

  /** Begins a slice now. */
  begin(): void {
    this.began = performance.now();
  }

  /**
   * Gives the event loop a turn, then begins a slice.
   * @throws Error where the run has been closed
   */
  async next(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    if (this.closed) throw new Error("The run has been closed.");
    this.begin();
  }

  /**
   * As `next`, but only where the slice has lasted long enough, or where the work ahead takes a slice by itself.
   * @param products the work ahead, in products of a weight and an activation
   */
  async nextIfDue(products = 0): Promise<void> {
    if (performance.now() - this.began >= sliceMs || products >= sliceProducts) await this.next();
  }

  /** From now on `next` throws. */
  close(): void {
    this.closed = true;
  }
}
