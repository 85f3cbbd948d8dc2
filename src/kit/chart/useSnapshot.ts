import { useEffect, useState } from "react";
import type { StoreApi } from "zustand/vanilla";
import type { Session } from "../../session/session";
import { type Cost, scheduler } from "./scheduler";

/** Least time between two redraws of a chart: 15 a second, and 8 where frames come half as often. */
export const chartInterval = 66;

/**
 * What a chart draws, made from the run when the chart's turn comes and kept until the next. `derive` gets what it
 * returned last, for axes that should stay where they are; it must be stable (module level, or memoised on what it uses).
 *
 * @param interval least time between two redraws, in ms
 * @param also something else whose changes are to be drawn
 */
export function useSnapshot<T>(
  session: Session,
  derive: (session: Session, before: T | null) => T,
  interval = chartInterval,
  cost: Cost = "chart",
  also: Pick<StoreApi<unknown>, "subscribe"> | null = null,
): T {
  const [snapshot, setSnapshot] = useState<T>(() => derive(session, null));
  useEffect(() => {
    const turn = scheduler.join(() => setSnapshot((before) => derive(session, before)), interval, cost);
    turn.invalidate();
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
      turn.leave();
    };
  }, [session, derive, interval, cost, also]);
  return snapshot;
}
