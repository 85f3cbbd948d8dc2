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

/** Time without new steps after which a paused run is at rest, in ms; and the time after which it is asked about in any case. */
const [restMs, longestMs] = [100, 1000];

/**
 * The step that all panels show: the cursor's, else the latest. During play it is the latest step that can be inspected
 * without a replay, which is the first step of the newest chunk. Calls that train a few steps each would wait for replays on the
 * same GPU: such a step is selected once the run is at rest.
 */
export function createSelectedStep(host: SelectedStepHost) {
  const events = new Emitter<SelectedStepEvents>();
  let history = host.history();
  const playing = () => host.store.getState().phase === "playing";
  const followsPlay = () => playing() && host.view.getState().cursor === null;

  /** The time of the latest steps trained while paused, and the time since which they have followed each other. */
  let [trained, since] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isAtRest = () => performance.now() >= Math.min(trained + restMs, since + longestMs);

  /** Steps have been trained. */
  function noteSteps(): void {
    const now = performance.now();
    if (now >= trained + restMs) since = now;
    trained = now;
    clearTimeout(timer);
    timer = setTimeout(() => {
      trained = Number.NEGATIVE_INFINITY;
      events.emit("changed", false);
    }, restMs);
  }

  host.store.subscribe(({ step, measuredSteps, phase }, previous) => {
    if (phase !== "playing" && measuredSteps > previous.measuredSteps) noteSteps();
    const replaced = host.history() !== history;
    if (replaced || step < previous.step) {
      history = host.history();
      // After a step back the last answers stay on the page until new ones arrive.
      events.emit("invalidated", replaced || step === 0);
    }
    events.emit("changed", false);
    if (isAtRest()) since = performance.now();
  });
  host.view.subscribe(({ cursor }, previous) => {
    if (cursor !== previous.cursor) events.emit("changed", true);
  });

  return {
    events,
    /** From 1; 0 before the first step, and where the run has to be at rest first. */
    step(): number {
      const { step } = host.store.getState();
      const { cursor } = host.view.getState();
      if (cursor !== null) return Math.min(Math.max(1, cursor), step);
      if (followsPlay()) return host.readyStep();
      return isAtRest() || host.readyStep() === step ? step : 0;
    },
    /** Whether the selected step follows play. */
    followsPlay,
    /** Whether answers are replaced too soon to be read exactly. */
    isQuick: () => followsPlay() || !isAtRest(),
    /** Least time between two requests, in ms. */
    interval: () => (playing() ? playingInterval : pausedInterval),
  };
}
