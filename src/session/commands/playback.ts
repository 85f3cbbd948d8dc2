import type { TaskQueue } from "../../core/async/taskQueue";
import { InputError, messageOf } from "../../core/errors";
import type { Emitter } from "../emitter";
import type { Player } from "../run/player";
import { Abandoned } from "../run/supervisor";
import type { Notice } from "../state";
import type { CommandEvents } from "./events";

/** How to play: to a step, or without end where `to` is null. */
export interface PlayTarget {
  readonly to: number | null;
  /** Steps a second up to `to`; as fast as possible by default. */
  readonly speed?: number;
}

export interface PlaybackHost {
  readonly player: Player;
  readonly queue: TaskQueue;
  readonly events: Emitter<CommandEvents>;
  notify(kind: Notice["kind"], text: string): void;
}

/** Begins play after the commands before it, and ends it when the worker has failed. */
export class Playback {
  /** Commands that need the run paused: running, or waiting in the queue. */
  #pending = 0;
  /** Whether to play once no command is pending. */
  #requested = false;
  #failed = false;

  constructor(private readonly host: PlaybackHost) {}

  /** The worker has failed and could not be replaced. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Whether commands are running or waiting. */
  get busy(): boolean {
    return this.#pending > 0;
  }

  /** The present play target, or the target of play that begins after pending commands; null where the run stays paused. */
  get target(): PlayTarget | null {
    const { player } = this.host;
    if (player.playing) return { to: player.goal?.to ?? null };
    return this.busy && this.#requested ? { to: null } : null;
  }

  /**
   * Begins to play now, or once pending commands are done. A later pause or command cancels it.
   *
   * @param target called when play begins; where it returns null, the run stays paused
   */
  play(target: () => PlayTarget | null): void {
    const { player, queue, events, notify } = this.host;
    this.#requested = true;
    const begin = () => {
      if (this.busy || !this.#requested) return;
      const goal = target();
      if (!goal) this.#requested = false;
      else if (this.#failed) notify("error", "Training has stopped. Start over or reload the page.");
      else player.play(goal.to, goal.speed);
      events.emit("settled");
    };
    if (this.busy) queue.add(begin);
    else begin();
  }

  pause(): void {
    this.#requested = false;
    this.host.player.pause();
    this.host.events.emit("settled");
  }

  /** Adds a command to the queue; while it waits or runs, the run does not play. */
  enqueue(act: () => Promise<void>): Promise<void> {
    this.#pending++;
    return this.host.queue.add(async () => {
      try {
        await act();
      } finally {
        this.#pending--;
        this.host.events.emit("settled");
      }
    });
  }

  /** Reports an error of the worker and pauses. Faults in user input and abandoned requests are left to the caller. */
  fail(error: unknown): void {
    if (error instanceof InputError || error instanceof Abandoned) return;
    this.#failed = true;
    this.host.notify("error", messageOf(error));
    this.pause();
  }

  /** A run has been loaded. */
  recover(): void {
    this.#failed = false;
  }
}
