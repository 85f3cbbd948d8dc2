/** One thing after another: what is asked for later begins when what was asked for earlier is done, well or not. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(act: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(act);
    this.#last = result.catch(() => {});
    return result;
  }
}
