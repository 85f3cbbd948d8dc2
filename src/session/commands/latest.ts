/** Runs an asynchronous function one call at a time; of the values passed meanwhile only the newest is used. */
export class Latest<T> {
  #next: { readonly value: T } | null = null;
  #working: Promise<void> | null = null;

  /** @param act called with each value that is the newest at its turn; its rejections are ignored */
  constructor(private readonly act: (value: T) => Promise<void>) {}

  /** Resolves when no value is left. */
  push(value: T): Promise<void> {
    this.#next = { value };
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
    return this.#working;
  }

  async #work(): Promise<void> {
    while (this.#next) {
      const { value } = this.#next;
      this.#next = null;
      await this.act(value).catch(() => {});
    }
  }
}
