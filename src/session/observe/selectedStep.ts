import type { StoreApi } from "zustand/vanilla";
import type { History } from "../../core/history/history";
import type { PageView } from "../pageView";
import type { RunState } from "../state";

/** What is needed of the run. */
export interface LookedAt {
  readonly store: Pick<StoreApi<RunState>, "getState" | "subscribe">;
  readonly view: Pick<StoreApi<PageView>, "getState" | "subscribe">;
  history(): History;
  /** The latest step that can be looked into without a replay. */
  readyStep(): number;
}

/** Least time between two answers about the step that is looked at, in ms: while the run plays, and while it rests. */
const [playingInterval, restingInterval] = [80, 30];

/**
 * The step that is looked at: the cursor's, else the latest. While the run plays it is the latest that needs no replay, the
 * first of the newest chunk.
 *
 * @param events `gone`: steps already taken are no longer part of the run, and with `all` nothing that is shown is;
 *   `changed`: another step may be looked at, after whatever has gone
 */
export function createLookedAt(run: LookedAt, events: { gone(all: boolean): void; changed(): void }) {
  let generation = 0;
  let history = run.history();
  const playing = () => run.store.getState().phase === "playing";

  run.store.subscribe(({ step }, before) => {
    const replaced = run.history() !== history;
    if (replaced || step < before.step) {
      generation++;
      history = run.history();
      // A step back shows what it showed until there is something new to show.
      events.gone(replaced || step === 0);
    }
    events.changed();
  });
  run.view.subscribe(({ cursor }, before) => {
    if (cursor !== before.cursor) events.changed();
  });

  /** Follows a run that goes on: what is shown will be another step's before it can be read to the last digit. */
  const gliding = () => playing() && run.view.getState().cursor === null;

  return {
    gliding,
    /** 0 before the first. */
    step(): number {
      const { step } = run.store.getState();
      const { cursor } = run.view.getState();
      if (cursor !== null) return Math.min(Math.max(1, cursor), step);
      return gliding() ? run.readyStep() : step;
    },
    /** In ms. */
    leastInterval: () => (playing() ? playingInterval : restingInterval),
    /** Whether what is asked about now is still of this run, whenever that is asked. */
    asking(): () => boolean {
      const asked = generation;
      return () => asked === generation;
    },
    /** Answers under way are no longer wanted. */
    drop(): void {
      generation++;
    },
  };
}
