/** An answer, described by the key that it fits. */
interface Answer<Key> {
  readonly key: Key;
  /** Computing time in ms, where the answer names it; else the time until the answer counts. */
  readonly ms?: number;
  /** Stores the answer; not called once the answer is outdated or overtaken. */
  publish(): void;
}

export interface PollerOptions<Key> {
  /**
   * The key of the answer that is missing; null where none is.
   *
   * @param answered the key of the last answer; null before the first answer and after `invalidate`
   */
  missing(answered: Key | null): Key | null;
  /** Requests the answer for a key. @param signal aborted once the answer is outdated or overtaken: the request is to end */
  request(key: Key, signal: AbortSignal): Promise<Answer<Key>>;
  /** Least time between the beginnings of two requests, in ms. */
  interval(): number;
  /** Time to leave to other requests and to the page after an answer that took `ms`, in ms. */
  rest(ms: number): number;
}

/** Without an answer for this time, in ms, a request in progress is not overtaken: answers must arrive however fast keys change. */
const staleMs = 1000;

/**
 * Keeps an answer of the observer up to date: one request at a time, always for the newest key, and with pauses that grow with
 * the cost of an answer.
 */
export class Poller<Key> {
  #answered: Key | null = null;
  #busy = false;
  /** The last request failed. */
  #failed = false;
  /** Time of the earliest next request, in ms. */
  #notBefore = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** Time of the last answer, in ms. */
  #answeredAt = Number.NEGATIVE_INFINITY;
  /** Ends the request in progress. */
  #request = new AbortController();

  constructor(private readonly options: PollerOptions<Key>) {}

  /** Requests a missing answer now, or once a request in progress and its rest are over. Does nothing after a failure. */
  poll(): void {
    if (this.#busy || this.#failed || this.#timer !== null) return;
    const key = this.options.missing(this.#answered);
    if (key === null) return;
    const wait = this.#notBefore - performance.now();
    if (wait <= 0) {
      void this.#send(key);
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
    this.#answered = null;
    this.#request.abort();
  }

  /** Ends a request in progress, whose answer nobody would see, unless the last answer is too old. */
  overtake(): void {
    if (performance.now() - this.#answeredAt < staleMs) this.#request.abort();
  }

  async #send(key: Key): Promise<void> {
    const { request, interval, rest } = this.options;
    const began = performance.now();
    this.#request = new AbortController();
    const { signal } = this.#request;
    let answer: Answer<Key> | null = null;
    this.#busy = true;
    try {
      answer = await request(key, signal);
    } catch {
      // The observer itself reports that it has failed.
      this.#failed = !signal.aborted;
    }
    this.#busy = false;
    const now = performance.now();
    this.#notBefore = Math.max(began + interval(), answer ? now + rest(answer.ms ?? now - began) : now);
    if (answer && !signal.aborted) {
      this.#answered = answer.key;
      this.#answeredAt = now;
      answer.publish();
    }
    this.poll();
  }
}
