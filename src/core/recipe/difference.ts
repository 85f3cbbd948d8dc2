import { isRealData, isShapeKey } from "../data/shipped";
import { settingKeys } from "./controls";
import type { Edit, Recipe, Settings } from "./recipe";

/** The settings in which two recipes differ, edits aside, in the table's order. */
export function differingSettings(a: Settings, b: Settings): (keyof Settings)[] {
  // The shape of real data is no setting: it is known when they have been loaded.
  const sameData = isRealData(a.dataset) && a.dataset === b.dataset;
  return settingKeys.filter((key) => String(a[key]) !== String(b[key]) && !(sameData && isShapeKey(key)));
}

/** So many steps two recipes train alike: up to the first edit in which they differ; ∞ where they are the same. */
export function commonSteps(a: Recipe, b: Recipe): number {
  if (differingSettings(a, b).length > 0) return 0;
  const most = Math.max(a.edits.length, b.edits.length);
  for (let i = 0; i < most; i++) {
    const [one, other] = [a.edits[i], b.edits[i]];
    if (!one || !other || !sameEdit(one, other)) {
      return Math.min(one?.step ?? Number.POSITIVE_INFINITY, other?.step ?? Number.POSITIVE_INFINITY) - 1;
    }
  }
  return Number.POSITIVE_INFINITY;
}

function sameEdit(a: Edit, b: Edit): boolean {
  const keys = Object.keys(a) as (keyof Edit)[];
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
