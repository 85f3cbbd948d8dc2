/** An answer, described by the key that it fits. */
interface Answer<Key> {
  readonly key: Key;
  /** Computing time in ms, where the answer names it; else the time until the answer counts. */
  readonly ms?: number;
}

export interface PollerOptions<Key> {
  /**
   * The key of the answer that is missing; null where none is.
   *
   * @param answered the key of the last answer; null before the first answer and after `invalidate`
   */
  missing(answered: Key | null): Key | null;
  /**
   * Requests the answer for a key and stores it.
   *
   * @param isCurrent false once the answer is outdated by `invalidate`: an outdated answer must not be stored
   */
  request(key: Key, isCurrent: () => boolean): Promise<Answer<Key>>;
  /** Least time between the beginnings of two requests, in ms. */
  interval(): number;
  /** Time to leave to training after an answer that took `ms`, in ms. */
  rest(ms: number): number;
}

/**
 * Keeps an answer of the worker up to date without slowing training down: one request at a time, always for the newest
 * key, and with pauses that grow with the cost of an answer.
 */
export class Poller<Key> {
  #answered: Key | null = null;
  #busy = false;
  /** The last request failed. */
  #failed = false;
  /** Time of the earliest next request, in ms. */
  #notBefore = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Number of calls of `invalidate`. */
  #generation = 0;

  constructor(private readonly options: PollerOptions<Key>) {}

  /** Requests a missing answer now, or once a request in progress and its rest are over. Does nothing after a failure. */
  poll(): void {
    if (this.#busy || this.#failed || this.#timer !== null) return;
    const key = this.options.missing(this.#answered);
    if (key === null) return;
    const wait = this.#notBefore - performance.now();
    if (wait <= 0) {
      void this.#request(key);
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.poll();
    }, wait);
  }

  /** As `poll`, also after a failure. */
  retry(): void {
    this.#failed = false;
    this.poll();
  }

  /** Outdates the last answer, a failure, and a request in progress. */
  invalidate(): void {
    this.#failed = false;
    this.#generation++;
    this.#answered = null;
  }

  async #request(key: Key): Promise<void> {
    const { request, interval, rest } = this.options;
    const [began, generation] = [performance.now(), this.#generation];
    const isCurrent = () => generation === this.#generation;
    let answer: Answer<Key> | null = null;
    this.#busy = true;
    try {
      answer = await request(key, isCurrent);
      if (isCurrent()) this.#answered = answer.key;
    } catch {
      // The run itself reports an error of the worker.
      this.#failed = isCurrent();
    }
    this.#busy = false;
    const now = performance.now();
    this.#notBefore = Math.max(began + interval(), now + rest(answer?.ms ?? now - began));
    this.poll();
  }
}
