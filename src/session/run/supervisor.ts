import { messageOf } from "../../core/errors";
import { type StartTrainer, type TrainerClient, WorkerDied } from "../../worker/client";
import { within } from "./within";

/** Time that requests in progress have to finish before a load, in ms; then the worker is ended. */
const patienceMs = 1000;
const maxFailuresInARow = 3;

export interface SupervisorEvents {
  /** Brings a new worker to the run's latest checkpoint. */
  restore(client: TrainerClient): Promise<void>;
  /** A worker died for this reason, and a new worker has restored the run. */
  revived(reason: string): void;
}

/** Keeps a run's worker alive: a worker that dies is replaced, and its requests are repeated on the new worker. */
export class Supervisor {
  #client: TrainerClient | null = null;
  /** Whether a run is loaded, which a new worker can restore. */
  #restorable = false;
  #failures = 0;
  /** Number of workers ended because they were too busy: their requests are not repeated. */
  #abandoned = 0;
  #failure: Error | null = null;
  #closed = false;
  /** Settles when no worker is being replaced; never rejects. */
  #reviving: Promise<void> = Promise.resolve();
  readonly #pending = new Set<Promise<unknown>>();

  constructor(
    private readonly start: StartTrainer,
    private readonly events: SupervisorEvents,
  ) {}

  /**
   * Loads another run into the worker. A worker that is too busy is ended, and its requests reject with `Abandoned`. When
   * `load` rejects, the worker holds the previous run.
   */
  async reload(load: (client: TrainerClient) => Promise<void>): Promise<void> {
    await within(patienceMs, Promise.allSettled(this.#pending), () => this.#abandon());
    await this.#reviving;
    if (this.#closed) throw new Abandoned("This run has been closed.");
    const existing = this.#client;
    const client = existing ?? this.start();
    this.#client = client;
    try {
      await load(client);
      this.#restorable = true;
      this.#failures = 0;
      this.#failure = null;
    } catch (error) {
      // An existing worker that answered still holds the previous run; a new worker has to restore it.
      if (client !== existing || error instanceof WorkerDied) {
        this.#end(client);
        if (this.#restorable) await this.#replace(error);
      }
      throw error;
    }
  }

  /** Sends a request to the worker, and again to the next worker if this worker fails. */
  async request<T>(send: (client: TrainerClient) => Promise<T>): Promise<T> {
    const abandoned = this.#abandoned;
    for (;;) {
      await this.#reviving;
      const client = this.#client;
      if (abandoned !== this.#abandoned) throw new Abandoned();
      if (!client) throw this.#failure ?? new Error("No run is loaded.");
      try {
        return await this.track(send(client));
      } catch (error) {
        // When two requests fail together, only the first replaces the worker.
        if (client === this.#client) this.#reviving = this.#replace(error);
      }
    }
  }

  /** Delays `reload` until `work` has settled or is abandoned. */
  track<T>(work: Promise<T>): Promise<T> {
    this.#pending.add(work);
    return work.finally(() => this.#pending.delete(work));
  }

  /** The run has made progress: earlier failures no longer count as failures in a row. */
  resetFailures(): void {
    this.#failures = 0;
  }

  /** Ends the worker and starts no other. */
  close(): void {
    this.#closed = true;
    this.#failure = new Abandoned("This run has been closed.");
    if (this.#client) this.#end(this.#client);
  }

  #abandon(): void {
    this.#abandoned++;
    if (this.#client) this.#end(this.#client);
  }

  #end(client: TrainerClient): void {
    client.terminate();
    if (this.#client === client) this.#client = null;
  }

  /** Replaces the worker. After `maxFailuresInARow` failures no worker is left and `#failure` is set. Never rejects. */
  async #replace(error: unknown): Promise<void> {
    let reason = error;
    while (this.#restorable && !this.#closed && ++this.#failures < maxFailuresInARow) {
      if (this.#client) this.#end(this.#client);
      try {
        const client = this.start();
        this.#client = client;
        await this.events.restore(client);
        if (this.#closed) break;
        this.events.revived(messageOf(error));
        return;
      } catch (next) {
        reason = next;
      }
    }
    if (this.#client) this.#end(this.#client);
    if (this.#closed) return;
    this.#failure = new Error(
      `Training stopped: the worker failed ${maxFailuresInARow} times in a row. ${messageOf(reason)}`,
    );
  }
}

/** The rejection of a request whose worker has been ended, or whose run has been replaced. */
export class Abandoned extends Error {
  override readonly name = "Abandoned";
}
