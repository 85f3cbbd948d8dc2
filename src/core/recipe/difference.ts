import { isFixed } from "../data/fixed";
import { sameSchedule } from "../schedule/schedule";
import { settingKeys } from "./controls";
import type { Edit, Recipe, Settings } from "./recipe";

/** The settings in which two recipes differ, without their edits, in the order of `controls`. */
export function differingSettings(a: Settings, b: Settings): (keyof Settings)[] {
  // The shape of real data follows from the rows, which may not be loaded yet.
  const sameData = a.dataset === b.dataset;
  return settingKeys.filter((key) => String(a[key]) !== String(b[key]) && !(sameData && isFixed(a.dataset, key)));
}

/** The number of first steps that are equal in runs of both recipes: the steps before the first different edit; ∞ for equal recipes. */
export function commonSteps(a: Recipe, b: Recipe): number {
  if (differingSettings(a, b).length > 0) return 0;
  const count = Math.max(a.edits.length, b.edits.length);
  for (let i = 0; i < count; i++) {
    const [one, other] = [a.edits[i], b.edits[i]];
    if (!one || !other || !sameEdit(one, other)) {
      return Math.min(one?.step ?? Number.POSITIVE_INFINITY, other?.step ?? Number.POSITIVE_INFINITY) - 1;
    }
  }
  return Number.POSITIVE_INFINITY;
}

function sameEdit({ schedule: a, ...one }: Edit, { schedule: b, ...other }: Edit): boolean {
  const keys = Object.keys(one) as (keyof typeof one)[];
  const same = keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
  return same && (a && b ? sameSchedule(a, b) : a === b);
}
