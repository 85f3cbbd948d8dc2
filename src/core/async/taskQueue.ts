/** Runs asynchronous tasks one at a time, in the order in which they were added. */
export class TaskQueue {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Runs `task` after every earlier task has settled, also after a failed task.
   * @returns the result of the task; rejects where the task fails
   */
  add<T>(task: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => {});
    return result;
  }

  /** Resolves when every task added so far has settled; never rejects. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
