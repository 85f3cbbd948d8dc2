import { formatCount, formatStep } from "../../kit/text/format";
import { scheduleText } from "../../kit/text/scheduleText";
import type { PlannedRate } from "./scheduleDraft";

/** The effect of a planned learning rate, and of a later change of the learning rate. */
export function scheduleSentence({ change: { schedule }, rate, length }: PlannedRate): string {
  if (!schedule) return "The learning rate is constant from the next step on.";
  const [first, last] = [rate(0), rate(length)].map(formatStep);
  return `The schedule is one change from the next step on: ${first} to ${last} over ${formatCount(length)} steps, exact at every step, then constant. A later change of the learning rate ends the schedule.`;
}

/** The schedule in force at the next step. */
export function inForceSentence({
  from,
  schedule,
}: {
  from: number;
  schedule: NonNullable<PlannedRate["change"]["schedule"]>;
}): string {
  return `Current schedule, from step ${formatCount(from)}: ${scheduleText(schedule)}.`;
}
