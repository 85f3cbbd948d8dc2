/** Animation frames. */
export interface Frames {
  request(frame: (now: number) => void): number;
  cancel(id: number): void;
}

/** Steps a second of a new session. */
export const defaultSpeed = 60;
/** Time limit of one request to the worker, in ms. Charts and edits are at most two requests late. */
export const budgetMs = 30;
/**
 * Where a step takes longer than `budgetMs`: a time limit in which up to this many steps share one checkpoint and one redraw, whose
 * processor time the trainer needs.
 */
const [slowSteps, slowBudgetMs] = [3, 3 * budgetMs];
/** Time between two frames above this, in ms, is not made up for (a hidden tab, a busy page). */
const longestFrameMs = 1000;
const requestsInFlight = 2;
/** Maximum number of requests between two frames as fast as possible: a slow frame does not stop training. */
const requestsPerFrame = 30;

export interface LoopWork {
  /** Takes at most `steps` more steps. @returns the number taken; never rejects */
  advance(steps: number, budgetMs: number): Promise<number>;
  /** Steps to the end, requested steps included. */
  remaining(): number;
}

/** Requests steps at each frame: `speed` a second, or as fast as possible with two requests in progress. Pause requests none. */
export class Loop {
  /** Steps a second; Infinity is as fast as possible. */
  speed = defaultSpeed;
  #playing = false;
  #frame = 0;
  #last: number | null = null;
  /** Steps that are due by the time passed and not requested yet. */
  #due = 0;
  /** Steps requested and not answered. */
  #requested = 0;
  /** Requests left until the next frame. */
  #allowed = 0;
  /** Time limit of the next request, in ms. */
  #budgetMs = budgetMs;
  readonly #inProgress = new Set<Promise<void>>();

  constructor(
    private readonly frames: Frames,
    private readonly work: LoopWork,
  ) {}

  get playing(): boolean {
    return this.#playing;
  }

  start(): void {
    if (this.#playing) return;
    this.#playing = true;
    this.#last = null;
    this.#due = 1;
    this.#frame = this.frames.request(this.#tick);
  }

  stop(): void {
    this.#playing = false;
    this.frames.cancel(this.#frame);
  }

  /** Resolves when no request is in progress. */
  async idle(): Promise<void> {
    while (this.#inProgress.size > 0) await Promise.all(this.#inProgress);
  }

  #tick = (now: number): void => {
    if (!this.#playing) return;
    this.#frame = this.frames.request(this.#tick);
    const elapsed = Math.min(now - (this.#last ?? now), longestFrameMs);
    this.#last = now;
    if (Number.isFinite(this.speed)) {
      const most = Math.max(1, (this.speed * longestFrameMs) / 1000);
      this.#due = Math.min(this.#due + (this.speed * elapsed) / 1000, most);
    } else this.#due = 0;
    this.#allowed = requestsPerFrame;
    this.#requestMore();
  };

  #requestMore(): void {
    while (this.#inProgress.size < requestsInFlight && this.#allowed-- > 0 && this.#request());
  }

  #request(): boolean {
    const rest = this.work.remaining() - this.#requested;
    // A request may be answered with fewer steps. Two requests of half the rest leave no gap between them.
    const most = this.#inProgress.size === 0 ? Math.ceil(rest / 2) : rest;
    const steps = Number.isFinite(this.speed) ? Math.min(Math.floor(this.#due), rest) : most;
    if (!this.#playing || steps < 1) return false;
    this.#requested += steps;
    if (Number.isFinite(this.speed)) this.#due -= steps;
    const request = this.work.advance(steps, this.#budgetMs).then((taken) => {
      if (taken > slowSteps) this.#budgetMs = budgetMs;
      else if (taken === 1 && steps > 1) this.#budgetMs = slowBudgetMs;
      this.#requested -= steps;
      if (Number.isFinite(this.speed)) this.#due += steps - taken;
      this.#inProgress.delete(request);
      if (this.speed === Number.POSITIVE_INFINITY) this.#requestMore();
    });
    this.#inProgress.add(request);
    return true;
  }
}
