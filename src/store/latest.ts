/** One thing after another, and only the newest of what was asked for meanwhile. */
export class Latest<T> {
  #wanted: { readonly value: T } | null = null;
  #busy = false;

  /** @param act told of each value that was the newest when its turn came; what it rejects with is its own affair */
  constructor(private readonly act: (value: T) => Promise<void>) {}

  to(value: T): void {
    this.#wanted = { value };
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#wanted) {
      const { value } = this.#wanted;
      this.#wanted = null;
      await this.act(value).catch(() => {});
    }
    this.#busy = false;
  }
}
