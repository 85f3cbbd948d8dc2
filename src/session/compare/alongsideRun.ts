import type { History } from "../../core/history/history";
import type { LoadRequest } from "../../worker/api";
import type { StartTrainer } from "../../worker/client";
import { Emitter } from "../emitter";
import { budgetMs } from "../run/loop";
import { Run } from "../run/run";
import type { Tables } from "../storage/tables";

export interface AlongsideRunEvents {
  /** Steps have been measured. */
  changed: [];
  /** The run cannot be trained further. */
  failed: [error: unknown];
}

/** A compared run that is trained to the same step as the run, on a worker of its own. */
export class AlongsideRun {
  readonly events = new Emitter<AlongsideRunEvents>();
  readonly #run: Run;
  #target = 0;
  #stopped = false;
  /** Settles when the target is reached or the run has stopped; null while no training is in progress. */
  #training: Promise<void> | null = null;
  readonly #loaded: Promise<void>;

  constructor(start: StartTrainer, request: LoadRequest, tables: Tables) {
    this.#run = new Run(start, tables);
    this.#loaded = this.#run.load(request).catch((error) => this.#fail(error));
  }

  get history(): History {
    return this.#run.history;
  }

  get step(): number {
    return this.#run.step;
  }

  /** Trains to `step`; an earlier step than the present one changes nothing. Resolves at that step, or when the run stops. */
  trainTo(step: number): Promise<void> {
    this.#target = step;
    this.#training ??= this.#train().finally(() => {
      this.#training = null;
    });
    return this.#training;
  }

  /** Ends the worker; the measured steps stay. */
  stop(): void {
    this.#stopped = true;
    this.#run.close();
  }

  async #train(): Promise<void> {
    await this.#loaded;
    try {
      while (!this.#stopped && this.#run.step < this.#target) {
        await this.#run.advance(this.#target - this.#run.step, budgetMs);
        this.events.emit("changed");
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#stopped) return;
    this.stop();
    this.events.emit("failed", error);
  }
}
