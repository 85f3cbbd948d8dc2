/** Animation frames; the browser's own, or a test's. */
export interface Frames {
  request(frame: (now: number) => void): number;
  cancel(id: number): void;
}

/** Steps a second of a new session. */
export const defaultSpeed = 60;
/** Wall time of one request to the worker: a chart is never staler, a moved slider never waits longer, than two of these. */
export const budgetMs = 30;
/** Time beyond this between two frames (a hidden tab, a busy page) is not made up for. */
const longestFrameMs = 1000;
const requestsInFlight = 2;
/** As fast as possible, this many requests go out between two frames: a busy page need not hold training up. */
const requestsAFrame = 30;

export interface LoopWork {
  /** Takes at most `steps` more steps, and answers with how many it took. Does not reject. */
  advance(steps: number, budgetMs: number): Promise<number>;
  /** Steps still to be taken, whether or not they have been asked for. */
  remaining(): number;
}

/** Asks for steps, frame by frame: `speed` of them a second, or with two requests always under way. Pause is not asking. */
export class Loop {
  /** Steps a second; Infinity is as fast as possible. */
  speed = defaultSpeed;
  #playing = false;
  #frame = 0;
  #last: number | null = null;
  /** Steps that time has made due and that have not been asked for. */
  #due = 0;
  #asked = 0;
  /** Requests that may still go out before the next frame. */
  #allowed = 0;
  readonly #flights = new Set<Promise<void>>();

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

  /** Resolves when all that was asked for has been answered. */
  async idle(): Promise<void> {
    while (this.#flights.size > 0) await Promise.all(this.#flights);
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
    this.#allowed = requestsAFrame;
    this.#fill();
  };

  #fill(): void {
    while (this.#flights.size < requestsInFlight && this.#allowed-- > 0 && this.#ask());
  }

  #ask(): boolean {
    const rest = this.work.remaining() - this.#asked;
    // A request may be answered with fewer steps than asked for: halves let the second follow the first without a gap.
    const most = this.#flights.size === 0 ? Math.ceil(rest / 2) : rest;
    const steps = Number.isFinite(this.speed) ? Math.min(Math.floor(this.#due), rest) : most;
    if (!this.#playing || steps < 1) return false;
    this.#asked += steps;
    if (Number.isFinite(this.speed)) this.#due -= steps;
    const flight = this.work.advance(steps, budgetMs).then((taken) => {
      this.#asked -= steps;
      if (Number.isFinite(this.speed)) this.#due += steps - taken;
      this.#flights.delete(flight);
      if (this.speed === Number.POSITIVE_INFINITY) this.#fill();
    });
    this.#flights.add(flight);
    return true;
  }
}
