import type { TaskQueue } from "../../core/async/taskQueue";
import type { LiveSettings } from "../../core/recipe/recipe";

/** A drag without a change for this time is taken as ended, in ms. */
const pauseMs = 250;

type Values = Partial<LiveSettings>;

/** Values that are not yet in force, and the promise that they will be. */
interface Pending {
  readonly settings: Values;
  readonly done: Promise<void>;
}

interface Drag extends Pending {
  /** Settles `done` as its argument does. */
  readonly resolve: (set: Promise<void>) => void;
  timer: ReturnType<typeof setTimeout>;
}

export interface SliderEvents {
  /** `moved` has changed. */
  changed(): void;
  /** An edit is in force, or has failed. */
  done(): void;
}

/**
 * Live settings between a slider or a script and the run. A drag becomes one edit, at its end or at a pause;
 * during the drag the values are shown and not in force. Values set while an edit waits in the queue join that edit.
 */
export class Sliders {
  /** Values that sliders show and that are not in force yet. */
  moved: Values = {};
  #drag: Drag | null = null;
  #queued: Pending | null = null;

  /** @param edit puts settings in force; rejects where they are refused */
  constructor(
    private readonly queue: TaskQueue,
    private readonly edit: (settings: Values) => Promise<void>,
    private readonly events: SliderEvents,
  ) {}

  /** Shows the values of a drag. Resolves when the values at the end of the drag are in force. */
  drag(settings: Values): Promise<void> {
    this.#show(settings);
    if (this.#drag) {
      clearTimeout(this.#drag.timer);
      Object.assign(this.#drag.settings, settings);
      this.#drag.timer = setTimeout(() => this.endDrag(), pauseMs);
      return this.#drag.done;
    }
    let resolve: (set: Promise<void>) => void = () => {};
    const done = new Promise<void>((settle) => {
      resolve = settle;
    });
    done.catch(() => {});
    this.#drag = { settings: { ...settings }, done, resolve, timer: setTimeout(() => this.endDrag(), pauseMs) };
    return done;
  }

  /** Ends a drag and sets its values. */
  endDrag(): void {
    if (!this.#drag) return;
    const { resolve, timer, settings } = this.#drag;
    clearTimeout(timer);
    this.#drag = null;
    resolve(this.set(settings));
  }

  /** Shows the values at once and puts them in force from the next step on. */
  set(settings: Values): Promise<void> {
    this.endDrag();
    this.#show(settings);
    if (this.#queued) {
      Object.assign(this.#queued.settings, settings);
      return this.#queued.done;
    }
    const joined = { ...settings };
    const done = this.queue.add(async () => {
      if (this.#queued?.settings === joined) this.#queued = null;
      try {
        await this.edit(joined);
      } finally {
        if (!this.#queued) this.moved = { ...this.#drag?.settings };
        this.events.done();
      }
    });
    done.catch(() => {}); // sliders do not wait for the edit; other callers handle the rejection
    this.#queued = { settings: joined, done };
    return done;
  }

  /** Ends a drag; later values begin a new edit after the commands that are queued next. */
  seal(): void {
    this.endDrag();
    this.#queued = null;
  }

  /** Another run was loaded. */
  clear(): void {
    this.moved = {};
  }

  #show(settings: Values): void {
    this.moved = { ...this.moved, ...settings };
    this.events.changed();
  }
}
