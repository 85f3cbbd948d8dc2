import type { Schedule } from "../schedule/schedule";
import type { Edit } from "./recipe";

/** A schedule of a recipe, with the first and the last step at which it changes its setting. */
export interface ScheduleSpan {
  readonly from: number;
  readonly to: number;
  readonly schedule: Schedule;
}

/** The schedules among sorted edits. A schedule ends at its length or before the next edit of its key. O(edits) */
export function schedulesIn(edits: readonly Edit[]): ScheduleSpan[] {
  const spans: ScheduleSpan[] = [];
  let end = Number.POSITIVE_INFINITY;
  for (const { step, lr, schedule } of edits.toReversed()) {
    if (schedule) spans.push({ from: step, to: Math.min(step + schedule.length, end), schedule });
    if (schedule || lr !== undefined) end = step - 1;
  }
  return spans.reverse();
}
