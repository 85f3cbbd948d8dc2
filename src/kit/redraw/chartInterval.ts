import type { RunState } from "../../session/state";

/** At most 15 redraws of a chart a second, in ms. */
export const chartInterval = 66;
/** On a slow engine a redraw shows this many new steps, or comes after this time, in ms: numbers that change faster cannot be read. */
const [slowSteps, slowInterval] = [7, 350];
/** An engine is slow below this share of the chosen speed. */
const slowShare = 0.8;

/**
 * The least time between two redraws of a chart, in ms. Where the engine is slower than the chosen speed, redraws delay its steps: on
 * two cores a redraw and its paint take the time of one or two of them.
 *
 * @param interval at a speed that the engine reaches
 */
export function playInterval(
  { phase, speed, stepsPerSecond }: Pick<RunState, "phase" | "speed" | "stepsPerSecond">,
  interval: number,
): number {
  const slow = phase === "playing" && stepsPerSecond > 0 && stepsPerSecond < slowShare * speed;
  return slow ? Math.max(interval, Math.min(slowInterval, (1000 * slowSteps) / stepsPerSecond)) : interval;
}
