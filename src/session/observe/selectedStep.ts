import type { StoreApi } from "zustand/vanilla";
import type { History } from "../../core/history/history";
import { Emitter } from "../emitter";
import type { RunState } from "../state";
import type { PageView } from "../view/pageView";

/** The parts of the session that the selected step depends on. */
export interface SelectedStepHost {
  readonly store: Pick<StoreApi<RunState>, "getState" | "subscribe">;
  readonly view: Pick<StoreApi<PageView>, "getState" | "subscribe">;
  history(): History;
  /** The latest step that can be inspected without a replay. */
  readyStep(): number;
}

export interface SelectedStepEvents {
  /** The run has gone back or was replaced. @param cleared whether no step that was shown is part of the run */
  invalidated: [cleared: boolean];
  /** Another step may be selected; follows `invalidated`. @param jumped whether the selection was moved, not the run advanced */
  changed: [jumped: boolean];
}

/** Least time between two requests about the selected step during play and while paused, in ms. */
const [playingInterval, pausedInterval] = [80, 30];

/**
 * The step that all panels show: the cursor's, else the latest. During play it is the latest step that can be inspected
 * without a replay, which is the first step of the newest chunk.
 */
export function createSelectedStep(host: SelectedStepHost) {
  const events = new Emitter<SelectedStepEvents>();
  let history = host.history();
  const playing = () => host.store.getState().phase === "playing";
  const followsPlay = () => playing() && host.view.getState().cursor === null;

  host.store.subscribe(({ step }, previous) => {
    const replaced = host.history() !== history;
    if (replaced || step < previous.step) {
      history = host.history();
      // After a step back the last answers stay on the page until new ones arrive.
      events.emit("invalidated", replaced || step === 0);
    }
    events.emit("changed", false);
  });
  host.view.subscribe(({ cursor }, previous) => {
    if (cursor !== previous.cursor) events.emit("changed", true);
  });

  return {
    events,
    /** From 1; 0 before the first step. */
    step(): number {
      const { step } = host.store.getState();
      const { cursor } = host.view.getState();
      if (cursor !== null) return Math.min(Math.max(1, cursor), step);
      return followsPlay() ? host.readyStep() : step;
    },
    /** Whether the selected step follows play: answers are replaced too soon to be read exactly. */
    followsPlay,
    /** Least time between two requests, in ms. */
    interval: () => (playing() ? playingInterval : pausedInterval),
  };
}
