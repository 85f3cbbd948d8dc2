/** Length of the window, in ms. */
const windowMs = 1000;
/** Time after the latest sample at which the rate is 0, in ms. */
const staleMs = 3000;

/** Steps a second over the last second, from the times at which steps were measured. */
export class StepRate {
  #samples: { readonly step: number; readonly at: number }[] = [];

  /** @param at the time at which `step` was measured, in ms */
  add(step: number, at: number): void {
    this.#samples.push({ step, at });
    // One sample older than the window stays, so that a slow run has two samples to compare.
    while (this.#samples.length > 2 && (this.#samples[1]?.at ?? at) < at - windowMs) this.#samples.shift();
  }

  /** @param now in ms; @returns 0 where no step was measured lately */
  perSecond(now: number): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at <= first.at || now - last.at > staleMs) return 0;
    return (1000 * (last.step - first.step)) / (last.at - first.at);
  }

  clear(): void {
    this.#samples = [];
  }
}
