import type { StoreApi } from "zustand/vanilla";
import type { Frames } from "./run/loop";
import { type StateSource, snapshotOf } from "./snapshot";
import type { RunState } from "./state";

/** Writes the state of the run to the store, where the page reads it. */
export class Publisher {
  /** The frame at which the state is published next; null where none is requested. */
  #frame: number | null = null;

  constructor(
    private readonly store: StoreApi<RunState>,
    private readonly source: StateSource,
    private readonly frames: Frames,
  ) {}

  publish(): void {
    if (this.#frame !== null) this.frames.cancel(this.#frame);
    this.#frame = null;
    this.store.setState(snapshotOf(this.source, this.store.getState()));
  }

  /** Publishes at the next frame; several calls before that frame publish once. */
  publishSoon(): void {
    this.#frame ??= this.frames.request(() => this.publish());
  }
}
