import { useContext, useEffect, useState } from "react";
import type { StoreApi } from "zustand/vanilla";
import { chartInterval, playInterval } from "./chartInterval";
import { pageScheduler } from "./pageScheduler";
import type { Cost } from "./scheduler";
import { Sight } from "./sight";
import type { ChartSource } from "./source";

/**
 * The data of a chart or a text, derived from the session when the scheduler gives it a turn, and kept until the next turn.
 * The session's store, zoom and compared runs invalidate it.
 *
 * @param derive gets its previous result, to keep axes that still fit. Must be stable: module level, or memoised
 * @param interval least time between two redraws, in ms; of charts on a slow engine longer (`playInterval`)
 * @param also another store whose changes invalidate the data
 */
export function useSnapshot<S extends ChartSource, T>(
  session: S,
  derive: (session: S, before: T | null) => T,
  interval = chartInterval,
  cost: Cost = "chart",
  also: Pick<StoreApi<unknown>, "subscribe"> | null = null,
): T {
  const [snapshot, setSnapshot] = useState<T>(() => derive(session, null));
  const sight = useContext(Sight);
  useEffect(() => {
    const redraw = () => setSnapshot((before) => derive(session, before));
    const present = cost === "chart" ? () => playInterval(session.store.getState(), interval) : () => interval;
    const turn = pageScheduler.join(redraw, present, cost, () => sight?.getState() ?? true);
    turn.invalidate();
    const unsubscribeSight = sight?.subscribe((near) => near && turn.invalidate());
    const unsubscribe = session.store.subscribe((run, was) => {
      const same =
        run.historyVersion === was.historyVersion &&
        run.recipe === was.recipe &&
        run.settings === was.settings &&
        run.phase === was.phase;
      if (!same) turn.invalidate();
    });
    const unsubscribeComparedRuns = session.comparedRuns.subscribe(() => turn.invalidate());
    const unsubscribeAlso = also?.subscribe(() => turn.invalidate());
    const unsubscribeView = session.view.subscribe(({ zoom, span }, was) => {
      if (zoom !== was.zoom || span !== was.span) turn.invalidate();
    });
    return () => {
      unsubscribe();
      unsubscribeComparedRuns();
      unsubscribeView();
      unsubscribeAlso?.();
      unsubscribeSight?.();
      turn.leave();
    };
  }, [session, derive, interval, cost, also, sight]);
  return snapshot;
}
