import { limits } from "../limits";
import { liveKeys } from "./controls";
import type { Change, Edit, LiveChange } from "./recipe";

/**
 * Edits sorted by step, one per step. Where two edits set the same key at the same step, the later one in the list wins; a
 * schedule sets its key.
 */
export function mergeEdits(edits: readonly Edit[]): Edit[] {
  const atStep = new Map<number, Change>();
  for (const { step, ...change } of edits) atStep.set(step, joinChanges(atStep.get(step) ?? {}, change));
  return [...atStep]
    .filter(([, change]) => Object.keys(change).length > 0)
    .sort(([a], [b]) => a - b)
    .map(([step, change]) => {
      const inTableOrder = liveKeys.filter((key) => key in change).map((key) => [key, change[key]]);
      return { step, ...Object.fromEntries(inTableOrder), ...(change.schedule && { schedule: change.schedule }) };
    });
}

/** Both changes as one: the second wins where both set the same key. A schedule sets its key. */
export function joinChanges<C extends LiveChange>(first: C, second: C): C {
  const { lr: _, schedule, ...others } = first;
  if (second.schedule) return { ...others, ...second } as C;
  // The end of a schedule and a new lr are compatible.
  return second.lr !== undefined && schedule ? ({ ...others, ...second } as C) : { ...first, ...second };
}

/** Whether a value is the number of a step that a run can take. */
export function isStep(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= limits.steps;
}
