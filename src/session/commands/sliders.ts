import type { TaskQueue } from "../../core/async/taskQueue";
import type { LiveSettings } from "../../core/recipe/recipe";

/** A hand that rests so long has made up its mind, in ms. */
const settleMs = 250;

type Moves = Partial<LiveSettings>;

/** What has been asked for, and the promise of it. */
interface Promised {
  readonly settings: Moves;
  readonly done: Promise<void>;
}

/**
 * Live settings on their way from a hand or a script to the run. A drag is one edit, where it settles: while the hand
 * moves, what it asks for is shown and not yet in force. Sliders move faster than the worker answers, so what is asked
 * for before its turn has come goes together.
 */
export class Sliders {
  /** Moved and not yet in force: what sliders show already. */
  moved: Moves = {};
  #held: (Promised & { readonly keep: (set: Promise<void>) => void; timer: ReturnType<typeof setTimeout> }) | null =
    null;
  #unsent: Promised | null = null;

  constructor(
    private readonly queue: TaskQueue,
    /** Puts settings in force; rejects with what is the matter. */
    private readonly edit: (settings: Moves) => Promise<void>,
    /** `moved` has changed; settings are in force, or have failed to be. */
    private readonly events: { changed(): void; done(): void },
  ) {}

  /** Follows a hand. Resolves when what it settled on is in force. */
  move(settings: Moves): Promise<void> {
    this.#show(settings);
    if (this.#held) {
      clearTimeout(this.#held.timer);
      Object.assign(this.#held.settings, settings);
      this.#held.timer = setTimeout(() => this.settle(), settleMs);
      return this.#held.done;
    }
    let keep: (set: Promise<void>) => void = () => {};
    const done = new Promise<void>((resolve) => {
      keep = resolve;
    });
    done.catch(() => {});
    this.#held = { settings: { ...settings }, done, keep, timer: setTimeout(() => this.settle(), settleMs) };
    return done;
  }

  /** The hand has let go, or something else is asked for: what it moved is taken. */
  settle(): void {
    if (!this.#held) return;
    const { keep, timer, settings } = this.#held;
    clearTimeout(timer);
    this.#held = null;
    keep(this.set(settings));
  }

  /** In force from the next step on, and shown at once. */
  set(settings: Moves): Promise<void> {
    this.settle();
    this.#show(settings);
    if (this.#unsent) {
      Object.assign(this.#unsent.settings, settings);
      return this.#unsent.done;
    }
    const together = { ...settings };
    const done = this.queue.add(async () => {
      if (this.#unsent?.settings === together) this.#unsent = null;
      try {
        await this.edit(together);
      } finally {
        if (!this.#unsent) this.moved = { ...this.#held?.settings };
        this.events.done();
      }
    });
    done.catch(() => {}); // a slider waits for nothing; whoever does is told
    this.#unsent = { settings: together, done };
    return done;
  }

  /** What has been moved so far comes before whatever is asked for next. */
  seal(): void {
    this.settle();
    this.#unsent = null;
  }

  /** Another run: what was moved was of the one before. */
  clear(): void {
    this.moved = {};
  }

  #show(settings: Moves): void {
    this.moved = { ...this.moved, ...settings };
    this.events.changed();
  }
}
