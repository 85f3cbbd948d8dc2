import { useEffect, useState } from "react";
import { chartInterval } from "../../kit/redraw/chartInterval";
import { pageScheduler } from "../../kit/redraw/pageScheduler";
import type { Slice } from "../../session/observe/slice";
import type { Session } from "../../session/session";

/**
 * The data of a chart, derived from the slice when the scheduler gives it a turn; null while there is no slice.
 *
 * @param derive gets its previous result. Must be stable: module level, or memoised
 */
export function useSlice<T>(
  session: Session,
  derive: (slice: Slice, before: T | null, session: Session) => T,
): T | null {
  const [drawn, setDrawn] = useState<T | null>(null);
  useEffect(() => {
    const { inspection } = session;
    const redraw = () =>
      setDrawn((before: T | null) => {
        const { slice } = inspection.getState();
        return slice && derive(slice, before, session);
      });
    const turn = pageScheduler.join(redraw, () => chartInterval, "chart");
    const unsubscribe = inspection.subscribe(({ slice, marks }, was) => {
      if (slice !== was.slice || marks !== was.marks) turn.invalidate();
    });
    const unsubscribeView = session.view.subscribe(({ stepMarks }, was) => {
      if (stepMarks !== was.stepMarks) turn.invalidate();
    });
    const unsubscribeComparedRuns = session.comparedRuns.subscribe(({ comparedRuns }, was) => {
      if (comparedRuns !== was.comparedRuns) turn.invalidate();
    });
    turn.invalidate();
    return () => {
      unsubscribe();
      unsubscribeView();
      unsubscribeComparedRuns();
      turn.leave();
    };
  }, [session, derive]);
  return drawn;
}
