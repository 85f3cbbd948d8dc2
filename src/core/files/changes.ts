import type { Recipe } from "../recipe/recipe";
import { schedulesIn } from "../recipe/schedulesIn";
import { rateAt } from "../schedule/schedule";
import type { Case, CaseSettings } from "./case";

type Changes = Record<string, Partial<CaseSettings>>;

/**
 * The recipe's edits by step as a case lists them: without `shuffle`, because a case lists row orders, and with a schedule as
 * its value at each of the first `steps` steps at which the value changes.
 */
export function changesOf({ edits }: Recipe, steps: number): Changes {
  const changes: Changes = {};
  for (const { step, shuffle: _, schedule: __, ...settings } of edits) {
    if (Object.keys(settings).length > 0) changes[step] = settings;
  }
  for (const { from, to, schedule } of schedulesIn(edits)) {
    let before = Number.NaN;
    for (let step = from; step <= Math.min(to, steps); step++) {
      const value = rateAt(schedule, step - from);
      if (value !== before) changes[step] = { ...changes[step], [schedule.key]: value };
      before = value;
    }
  }
  return changes;
}

/** Programs and browsers round cosines and powers differently: by this share of a value, and of the greatest learning rate. */
const [relative, absolute] = [1e-12, 1e-14];

/** Whether a recipe has the changes of a case, so that its schedules are those of the case. */
export function hasChanges(recipe: Recipe, { changes, steps }: Pick<Case, "changes" | "steps">): boolean {
  const own = changesOf(recipe, steps);
  const keys = Object.keys(own);
  return (
    keys.length === Object.keys(changes).length &&
    keys.every((step) => sameSettings(own[step] ?? {}, changes[step] ?? {}))
  );
}

function sameSettings(a: Partial<CaseSettings>, b: Partial<CaseSettings>): boolean {
  const keys = Object.keys(a) as (keyof CaseSettings)[];
  return keys.length === Object.keys(b).length && keys.every((key) => sameValue(a[key], b[key]));
}

const sameValue = (a: unknown, b: unknown): boolean =>
  a === b ||
  (typeof a === "number" && typeof b === "number" && Math.abs(a - b) <= relative * Math.max(a, b) + absolute);
