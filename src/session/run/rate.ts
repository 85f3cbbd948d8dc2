/** Steps a second over the last second, from when steps were measured. */
export class Rate {
  #samples: { readonly step: number; readonly at: number }[] = [];

  /** `step` steps have been measured at time `at`, in milliseconds. */
  add(step: number, at: number): void {
    this.#samples.push({ step, at });
    // One sample from before the window stays, so that a slow run has two to compare.
    while (this.#samples.length > 2 && (this.#samples[1]?.at ?? at) < at - 1000) this.#samples.shift();
  }

  /** 0 where nothing was measured lately. */
  perSecond(now: number): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at <= first.at || now - last.at > 3000) return 0;
    return (1000 * (last.step - first.step)) / (last.at - first.at);
  }

  clear(): void {
    this.#samples = [];
  }
}
