import type { Schedule } from "./schedule";

/**
 * The t, between 0 and `length`, at which the slope of a schedule changes, in ascending order and rounded to steps; empty for more
 * than `limit` of them, and for `steps`, whose changes are jumps.
 */
export function bendsOf(schedule: Schedule, limit: number): number[] {
  const { length } = schedule;
  const bends = unroundedBends(schedule, limit);
  return bends.length > limit ? [] : bends.map(Math.round).filter((t) => t > 0 && t < length);
}

function unroundedBends(schedule: Schedule, limit: number): number[] {
  switch (schedule.shape) {
    case "warmUpCosine":
    case "oneCycle":
      return [schedule.warmUp];
    case "wsd":
      return [schedule.warmUp, schedule.length - schedule.decay];
    case "cyclic": {
      const cycles = Math.ceil(schedule.length / (schedule.up + schedule.down));
      if (2 * cycles > limit) return [];
      const starts = Array.from({ length: cycles }, (_, k) => k * (schedule.up + schedule.down));
      return starts.flatMap((start) => [start, start + schedule.up]);
    }
    case "drawn":
      return schedule.corners.map(({ at }) => at * schedule.length);
    default:
      return [];
  }
}
