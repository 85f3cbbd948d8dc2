import type { History } from "../../core/history/history";
import type { LoadRequest } from "../../worker/api";
import type { StartTrainer } from "../../worker/client";
import { budgetMs } from "../run/loop";
import { Run } from "../run/run";
import type { Tables } from "../storage/tables";

/** A run that keeps step with another, on a trainer of its own. */
export class Companion {
  readonly #run: Run;
  #target = 0;
  #stopped = false;
  /** Settles when it has caught up, or can go no further; null while it rests. */
  #pumping: Promise<void> | null = null;
  readonly #loaded: Promise<void>;

  constructor(
    start: StartTrainer,
    request: LoadRequest,
    tables: Tables,
    private readonly events: {
      /** Steps have been measured. */
      changed(): void;
      /** It cannot go on. */
      failed(error: unknown): void;
    },
  ) {
    this.#run = new Run(start, { revived: () => {}, branching: () => {} }, tables);
    this.#loaded = this.#run.load(request).catch((error) => this.#fail(error));
  }

  get history(): History {
    return this.#run.history;
  }

  get step(): number {
    return this.#run.step;
  }

  /** Trains on to `step`; where it has been further, it stays. Resolves when it is there, or can go no further. */
  follow(step: number): Promise<void> {
    this.#target = step;
    this.#pumping ??= this.#pump().finally(() => {
      this.#pumping = null;
    });
    return this.#pumping;
  }

  /** Ends its worker; what it has measured stays. */
  stop(): void {
    this.#stopped = true;
    this.#run.close();
  }

  async #pump(): Promise<void> {
    await this.#loaded;
    try {
      while (!this.#stopped && this.#run.step < this.#target) {
        await this.#run.advance(this.#target - this.#run.step, budgetMs);
        this.events.changed();
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#stopped) return;
    this.stop();
    this.events.failed(error);
  }
}
