import type { Edit } from "../recipe/recipe";

/** A schedule has at least this many changes; a shorter sequence may come from a user's edits. */
const minChanges = 24;
/** The largest ratio between consecutive values of a schedule. A manual change of the learning rate is mostly larger. */
const maxRatio = 1.5;
/** Changes at most this many steps apart are too frequent for manual changes, so any ratio counts. */
const maxGap = 2;

/** A change of the learning rate. */
export interface RateEdit {
  readonly step: number;
  readonly lr: number;
}

/**
 * The schedules among edits. A recipe does not mark the edits that a schedule made, so they are found by their pattern: at
 * least 24 consecutive changes of the learning rate, each by a factor below 1.5 or within two steps of the previous change.
 */
export function findSchedules(edits: readonly Edit[]): readonly (readonly RateEdit[])[] {
  const sequences: RateEdit[][] = [];
  for (const { step, lr } of edits) {
    if (lr === undefined) continue;
    const sequence = sequences.at(-1);
    const previous = sequence?.at(-1);
    const continues =
      previous && (step - previous.step <= maxGap || (lr < maxRatio * previous.lr && lr * maxRatio > previous.lr));
    if (sequence && continues) sequence.push({ step, lr });
    else sequences.push([{ step, lr }]);
  }
  return sequences.filter(({ length }) => length >= minChanges);
}

/** The steps at which a schedule changes the learning rate. */
export function scheduledSteps(edits: readonly Edit[]): ReadonlySet<number> {
  return new Set(findSchedules(edits).flatMap((schedule) => schedule.map(({ step }) => step)));
}
