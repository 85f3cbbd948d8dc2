import type { StoreApi } from "zustand/vanilla";
import type { History } from "../../core/history/history";
import { Emitter } from "../emitter";
import type { RunState } from "../state";

/** The parts of the session that are watched. */
export interface HistoryHost {
  readonly store: Pick<StoreApi<RunState>, "getState" | "subscribe">;
  history(): History;
}

export interface HistoryEvents {
  /** Another run was loaded. */
  replaced: [];
  /** A branch has begun: steps after `measuredSteps` are no longer part of the run. */
  truncated: [measuredSteps: number];
}

/** Reports changes of the measured steps other than by training, each time that the state of the run is published. */
export function watchHistory({ store, history }: HistoryHost): Emitter<HistoryEvents> {
  const events = new Emitter<HistoryEvents>();
  let current = history();
  let measuredSteps = 0;
  store.subscribe(() => {
    const previous = { history: current, measuredSteps };
    current = history();
    measuredSteps = current.measuredSteps;
    if (current !== previous.history) events.emit("replaced");
    else if (measuredSteps < previous.measuredSteps) events.emit("truncated", measuredSteps);
  });
  return events;
}
