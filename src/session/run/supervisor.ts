import { messageOf } from "../../core/errors";
import { type StartTrainer, type TrainerClient, WorkerDied } from "../../worker/client";
import { within } from "./within";

/** A worker that has not answered for so long when a run is to be loaded is given up. */
const patienceMs = 1000;
const deathsInARow = 3;

export interface SupervisorEvents {
  /** Brings a new worker to where the run is. */
  bring(client: TrainerClient): Promise<void>;
  /** A worker has died, for this reason, and another has taken up its run. */
  revived(reason: string): void;
}

/** Keeps a run's worker alive: one that dies is replaced, and what it was asked for is asked of its successor. */
export class Supervisor {
  #client: TrainerClient | null = null;
  /** Whether there is a run to bring a successor to. */
  #bringable = false;
  #deaths = 0;
  /** Counts the workers given up as too busy: what was asked of them is not asked again. */
  #abandoned = 0;
  #failure: Error | null = null;
  #closed = false;
  /** Settles when the worker is not just being replaced; never rejects. */
  #reviving: Promise<void> = Promise.resolve();
  readonly #pending = new Set<Promise<unknown>>();

  constructor(
    private readonly start: StartTrainer,
    private readonly events: SupervisorEvents,
  ) {}

  /**
   * Brings the worker to another run; one that is too busy is given up, with all it was asked for. When `load` rejects, the
   * worker holds the run before.
   */
  async reload(load: (client: TrainerClient) => Promise<void>): Promise<void> {
    await within(patienceMs, Promise.allSettled(this.#pending), () => this.#abandon());
    await this.#reviving;
    if (this.#closed) throw new Abandoned("This run has been closed.");
    const kept = this.#client;
    const client = kept ?? this.start();
    this.#client = client;
    try {
      await load(client);
      this.#bringable = true;
      this.#deaths = 0;
      this.#failure = null;
    } catch (error) {
      // A worker that answered still holds the run before; another has to be brought to it.
      if (client !== kept || error instanceof WorkerDied) {
        this.#discard(client);
        if (this.#bringable) await this.#respawn(error);
      }
      throw error;
    }
  }

  /** Asks the worker; if it fails, asks its successor, which has been brought to where the run is. */
  async surviving<T>(ask: (client: TrainerClient) => Promise<T>): Promise<T> {
    const abandoned = this.#abandoned;
    for (;;) {
      await this.#reviving;
      const client = this.#client;
      if (abandoned !== this.#abandoned) throw new Abandoned();
      if (!client) throw this.#failure ?? new Error("No run has been loaded.");
      try {
        return await this.tracked(ask(client));
      } catch (error) {
        // Of two requests that fail together, the first finds the worker's successor.
        if (client === this.#client) this.#reviving = this.#respawn(error);
      }
    }
  }

  /** Asks the worker, and no successor: one that dies of it is replaced when the run next asks for something. */
  beside<T>(ask: (client: TrainerClient) => Promise<T>): Promise<T> {
    if (!this.#client) throw new Abandoned();
    return ask(this.#client);
  }

  /** Another run is loaded when this is done, or given up. */
  tracked<T>(work: Promise<T>): Promise<T> {
    this.#pending.add(work);
    return work.finally(() => this.#pending.delete(work));
  }

  /** The run has gone on: deaths so far were no deaths in a row. */
  wentOn(): void {
    this.#deaths = 0;
  }

  /** Ends the worker, and starts no other. */
  close(): void {
    this.#closed = true;
    this.#failure = new Abandoned("This run has been closed.");
    if (this.#client) this.#discard(this.#client);
  }

  #abandon(): void {
    this.#abandoned++;
    if (this.#client) this.#discard(this.#client);
  }

  #discard(client: TrainerClient): void {
    client.terminate();
    if (this.#client === client) this.#client = null;
  }

  /** Replaces the worker; leaves none, and the reason why, once worker after worker has failed. Never rejects. */
  async #respawn(error: unknown): Promise<void> {
    let reason = error;
    while (this.#bringable && !this.#closed && ++this.#deaths < deathsInARow) {
      if (this.#client) this.#discard(this.#client);
      try {
        const client = this.start();
        this.#client = client;
        await this.events.bring(client);
        if (this.#closed) break;
        this.events.revived(messageOf(error));
        return;
      } catch (again) {
        reason = again;
      }
    }
    if (this.#client) this.#discard(this.#client);
    if (this.#closed) return;
    this.#failure = new Error(
      `Training stopped: its worker failed ${deathsInARow} times in a row. ${messageOf(reason)}`,
    );
  }
}

/** The answer to what was asked of a worker that has been given up. */
export class Abandoned extends Error {
  override readonly name = "Abandoned";
}
