import { rateAt, type Schedule, type ShapeName } from "../../core/schedule/schedule";
import { formatValue } from "./format";

export const shapeLabels: Readonly<Record<ShapeName, string>> = {
  warmUp: "warm-up",
  linear: "linear",
  cosine: "cosine",
  warmUpCosine: "warm-up, then cosine",
  wsd: "warm-up, stable, decay",
  oneCycle: "one cycle",
  cyclic: "cyclic",
  steps: "steps",
  drawn: "drawn",
};

/** “lr 0.1 to 0.001, cosine over 500 steps”: the values of a schedule, its shape and its length. */
export function scheduleText(schedule: Schedule): string {
  const { key, shape, length } = schedule;
  return `${key} ${valuesText(schedule)}, ${shapeLabels[shape]} over ${length} step${length === 1 ? "" : "s"}`;
}

/** “0.1 to 0.001”, “0 to 0.1 to 0”: the first value of a schedule, the value after the first increase, and the last value. */
export function valuesText(schedule: Schedule): string {
  const turns = "warmUp" in schedule ? [schedule.warmUp] : "up" in schedule ? [schedule.up] : [];
  return [0, ...turns, schedule.length].map((t) => formatValue(rateAt(schedule, t))).join(" to ");
}
