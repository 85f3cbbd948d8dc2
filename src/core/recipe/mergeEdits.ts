import { limits } from "../limits";
import { liveKeys } from "./controls";
import type { Edit, LiveSettings } from "./recipe";

/** Edits sorted by step, one per step. Where two edits set the same key at the same step, the later one in the list wins. */
export function mergeEdits(edits: readonly Edit[]): Edit[] {
  const atStep = new Map<number, Partial<LiveSettings>>();
  for (const { step, ...changes } of edits) atStep.set(step, { ...atStep.get(step), ...changes });
  return [...atStep]
    .filter(([, changes]) => Object.keys(changes).length > 0)
    .sort(([a], [b]) => a - b)
    .map(([step, changes]) => {
      const inTableOrder = liveKeys.filter((key) => key in changes).map((key) => [key, changes[key]]);
      return { step, ...Object.fromEntries(inTableOrder) };
    });
}

/** Whether a value is the number of a step that a run can take. */
export function isStep(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= limits.steps;
}
