import type { Schedule } from "../../core/schedule/schedule";
import { formatCount } from "../../kit/text/format";
import { scheduleText, valuesText } from "../../kit/text/scheduleText";
import type { PlannedRate } from "./scheduleDraft";

/** The effect of a planned learning rate, and of a later change of the learning rate. */
export function scheduleSentence({ change: { schedule }, length }: PlannedRate): string {
  if (!schedule) return "The learning rate is constant from the next step on.";
  return `The schedule is one change from the next step on: ${valuesText(schedule)} over ${formatCount(length)} steps, exact at every step, then constant. A later change of the learning rate ends the schedule.`;
}

/** The schedule in force at the next step. */
export function inForceSentence({ from, schedule }: { readonly from: number; readonly schedule: Schedule }): string {
  return `Current schedule, from step ${formatCount(from)}: ${scheduleText(schedule)}.`;
}
