import { useEffect, useState } from "react";
import { pageScheduler } from "../../kit/redraw/pageScheduler";
import type { Cost } from "../../kit/redraw/scheduler";
import type { Slice } from "../../session/observe/slice";
import type { Session } from "../../session/session";

/**
 * Data derived from the slice when the scheduler gives it a turn; null while there is no slice. Slices are evaluated as long
 * as this hook is mounted.
 *
 * @param derive gets its previous result. Must be stable: module level, or memoised
 * @param interval least time between two redraws, in ms
 */
export function useSlice<T>(
  session: Session,
  derive: (slice: Slice, before: T | null, session: Session) => T,
  interval: number,
  cost: Cost,
): T | null {
  const [drawn, setDrawn] = useState<T | null>(null);
  useEffect(() => {
    const { inspection } = session;
    const redraw = () =>
      setDrawn((before: T | null) => {
        const { slice } = inspection.getState();
        return slice && derive(slice, before, session);
      });
    const turn = pageScheduler.join(redraw, interval, cost);
    const unsubscribe = inspection.subscribe(({ slice }, was) => {
      if (slice !== was.slice) turn.invalidate();
    });
    const unsubscribeComparedRuns = session.comparedRuns.subscribe(({ comparedRuns }, was) => {
      if (comparedRuns !== was.comparedRuns) turn.invalidate();
    });
    const release = inspection.getState().withSlice();
    turn.invalidate();
    return () => {
      release();
      unsubscribe();
      unsubscribeComparedRuns();
      turn.leave();
    };
  }, [session, derive, interval, cost]);
  return drawn;
}
