import { afterEdit, baseOf, type Recipe, settingsOf } from "../../core/recipe/recipe";
import { schedulesIn } from "../../core/recipe/schedulesIn";
import { bendsOf } from "../../core/schedule/bends";
import type { Schedule } from "../../core/schedule/schedule";

/** The learning rate at a step. */
export interface Rate {
  readonly step: number;
  readonly lr: number;
}

/** The most points of a line, besides those at edits; the most bends of a schedule among them. */
const points = 400;

/** Whole steps from `lo` to `hi`, ends included: all of them, or equally spaced ones. */
export function stepsBetween(lo: number, hi: number): number[] {
  const count = Math.min(hi - lo, points);
  return Array.from({ length: count + 1 }, (_, i) => lo + Math.round((i * (hi - lo)) / Math.max(count, 1)));
}

/** The steps at which the slope of a schedule that begins at step `from` changes. */
export const bendsFrom = (from: number, schedule: Schedule): number[] => bendsOf(schedule, points).map((t) => from + t);

/** The learning rate of a recipe from step `lo` to step `hi`, at edits, at bends of schedules and between them. O(edits) */
export function ratesOver(recipe: Recipe, lo: number, hi: number): Rate[] {
  const bends = schedulesIn(recipe.edits).flatMap(({ from, schedule }) => bendsFrom(from, schedule));
  const turns = [...recipe.edits.map(({ step }) => step), ...bends].filter((step) => step > lo && step < hi);
  const steps = [...new Set([...stepsBetween(lo, hi), ...turns])].sort((a, b) => a - b);
  let [now, next] = [baseOf(recipe), 0];
  return steps.map((step) => {
    for (let edit = recipe.edits[next]; edit && edit.step <= step; edit = recipe.edits[++next])
      now = afterEdit(now, edit);
    return { step, lr: settingsOf(now, step).lr };
  });
}
