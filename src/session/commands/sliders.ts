import type { TaskQueue } from "../../core/async/taskQueue";
import { joinChanges } from "../../core/recipe/mergeEdits";
import { type LiveChange, type LiveSettings, valuesOf } from "../../core/recipe/recipe";

/** A drag without a change for this time is taken as ended, in ms. */
const pauseMs = 250;

/** A change that is not yet in force, and the promise that it will be. */
interface Pending {
  change: LiveChange;
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
  moved: Partial<LiveSettings> = {};
  #drag: Drag | null = null;
  #queued: Pending | null = null;

  /** @param edit puts a change in force; rejects where it is refused */
  constructor(
    private readonly queue: TaskQueue,
    private readonly edit: (change: LiveChange) => Promise<void>,
    private readonly events: SliderEvents,
  ) {}

  /** Shows the values of a drag. Resolves when the values at the end of the drag are in force. */
  drag(change: LiveChange): Promise<void> {
    this.#show(change);
    if (this.#drag) {
      clearTimeout(this.#drag.timer);
      this.#drag.change = joinChanges(this.#drag.change, change);
      this.#drag.timer = setTimeout(() => this.endDrag(), pauseMs);
      return this.#drag.done;
    }
    let resolve: (set: Promise<void>) => void = () => {};
    const done = new Promise<void>((settle) => {
      resolve = settle;
    });
    done.catch(() => {});
    this.#drag = { change, done, resolve, timer: setTimeout(() => this.endDrag(), pauseMs) };
    return done;
  }

  /** Ends a drag and sets its values. */
  endDrag(): void {
    if (!this.#drag) return;
    const { resolve, timer, change } = this.#drag;
    clearTimeout(timer);
    this.#drag = null;
    resolve(this.set(change));
  }

  /** Shows the values at once and puts them in force from the next step on. */
  set(change: LiveChange): Promise<void> {
    this.endDrag();
    this.#show(change);
    if (this.#queued) {
      this.#queued.change = joinChanges(this.#queued.change, change);
      return this.#queued.done;
    }
    const done = this.queue.add(async () => {
      if (this.#queued === pending) this.#queued = null;
      try {
        await this.edit(pending.change);
      } finally {
        if (!this.#queued) this.moved = this.#drag ? valuesOf(this.#drag.change) : {};
        this.events.done();
      }
    });
    done.catch(() => {}); // sliders do not wait for the edit; other callers handle the rejection
    const pending: Pending = { change, done };
    this.#queued = pending;
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

  #show(change: LiveChange): void {
    this.moved = { ...this.moved, ...valuesOf(change) };
    this.events.changed();
  }
}
