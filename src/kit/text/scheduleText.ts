import { rateAt, type Schedule, type ShapeName } from "../../core/schedule/schedule";
import { formatValue } from "./format";

export const shapeLabels: Readonly<Record<ShapeName, string>> = {
  warmUp: "warm-up",
  cosine: "cosine",
  warmUpCosine: "warm-up, then cosine",
  steps: "steps",
  drawn: "drawn",
};

/** “lr 0.1 to 0.001, cosine over 500 steps”: the first and the last value of a schedule, its shape and its length. */
export function scheduleText(schedule: Schedule): string {
  const { key, shape, length } = schedule;
  const [first, last] = [0, length].map((t) => formatValue(rateAt(schedule, t)));
  return `${key} ${first} to ${last}, ${shapeLabels[shape]} over ${length} step${length === 1 ? "" : "s"}`;
}
