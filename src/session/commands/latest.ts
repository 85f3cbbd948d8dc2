/** One thing after another, and only the newest of what was asked for meanwhile. */
export class Latest<T> {
  #wanted: { readonly value: T } | null = null;
  #working: Promise<void> | null = null;

  /** @param act told of each value that was the newest when its turn came; what it rejects with is its own affair */
  constructor(private readonly act: (value: T) => Promise<void>) {}

  /** Resolves when there is nothing left to do. */
  to(value: T): Promise<void> {
    this.#wanted = { value };
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
    return this.#working;
  }

  async #work(): Promise<void> {
    while (this.#wanted) {
      const { value } = this.#wanted;
      this.#wanted = null;
      await this.act(value).catch(() => {});
    }
  }
}
