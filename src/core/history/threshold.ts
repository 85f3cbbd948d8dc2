import { optimisers } from "../recipe/optimisers";
import {
  afterEdit,
  inForceAt,
  type LiveSettings,
  type Optimiser,
  type Recipe,
  settingsAt,
  settingsOf,
} from "../recipe/recipe";
import { type ScheduleSpan, schedulesIn } from "../recipe/schedulesIn";
import { bendsOf } from "../schedule/bends";

/** The stability threshold (`OptimiserDefinition.threshold`) at a step. */
export interface ThresholdPoint {
  readonly step: number;
  /** null with the step rule σ·α* and for an optimiser without a threshold; infinite where a schedule gives the learning rate 0. */
  readonly threshold: number | null;
  /** Whether the threshold jumps at this step; else it has changed continuously since the point before. */
  readonly jumps: boolean;
}

/** The number of samples of a threshold that changes continuously, by a schedule or with NAdam. */
const samples = 100;

/**
 * The stability threshold for steps of size lr; null with the step rule `alphaStar`, whose step size differs in each minibatch, and
 * for an optimiser without a threshold.
 */
export function thresholdOf(optimiser: Optimiser, settings: LiveSettings, step: number): number | null {
  return settings.rule === "lr" ? (optimisers[optimiser].threshold?.(settings, step) ?? null) : null;
}

/**
 * The learning rate at which the stability threshold is `largest`, the largest eigenvalue of P^{−1/2}HP^{−1/2}; null where there is
 * none. The threshold is a/lr + b for every optimiser.
 */
export function edgeRate(optimiser: Optimiser, settings: LiveSettings, step: number, largest: number): number | null {
  const at = (lr: number) => thresholdOf(optimiser, { ...settings, lr, rule: "lr" }, step);
  const [one, two] = [at(1), at(2)];
  if (one === null || two === null) return null;
  const a = 2 * (one - two);
  const lr = a / (largest - (one - a));
  return lr > 0 && Number.isFinite(lr) ? lr : null;
}

/** The stability threshold at a step of a run, with the settings in force at that step. */
export function thresholdAt(recipe: Recipe, step: number): number | null {
  return thresholdOf(recipe.optimiser, settingsAt(recipe, step), step);
}

/**
 * The stability threshold over the steps `from` … `to`: at `from`, at each jump, and at samples of its continuous changes.
 * Jumps by edits are exact. O(edits + samples).
 */
export function thresholdsOver(recipe: Recipe, from: number, to: number): ThresholdPoint[] {
  const within = (step: number) => step > from && step <= to;
  const edits = new Map(recipe.edits.filter(({ step }) => within(step)).map((edit) => [edit.step, edit]));
  const schedules = schedulesIn(recipe.edits);
  const jumps = new Set([from, ...edits.keys(), ...schedules.flatMap(levelsIn).filter(within)]);
  const bends = schedules.flatMap(bendsIn).filter(within);
  const sampled = Array.from({ length: samples + 1 }, (_, i) => from + Math.floor((i * (to - from)) / samples));
  // A continuous change ends with the step before a jump.
  const before = [...jumps].flatMap((step) => (step > from ? [step - 1] : []));
  const all: ThresholdPoint[] = [];
  let now = inForceAt(recipe, from);
  for (const step of [...new Set([...sampled, ...bends, ...before, ...jumps])].sort((a, b) => a - b)) {
    const edit = edits.get(step);
    if (edit) now = afterEdit(now, edit);
    const threshold = thresholdOf(recipe.optimiser, settingsOf(now, step), step);
    all.push({ step, threshold, jumps: jumps.has(step) });
  }
  return all.filter(({ threshold }, i) => {
    const next = all[i + 1];
    const changed = threshold !== all[i - 1]?.threshold;
    // The last of equal samples is kept where a continuous change begins.
    return i === 0 || changed || (next && !next.jumps && next.threshold !== threshold);
  });
}

/** The steps at which a schedule by levels jumps; none where the levels are too many to be drawn one by one. */
function levelsIn({ from, to, schedule }: ScheduleSpan): number[] {
  if (schedule.shape !== "steps") return [];
  const levels = Math.floor((to - from) / schedule.every);
  return levels > samples ? [] : Array.from({ length: levels }, (_, i) => from + (i + 1) * schedule.every);
}

/** The steps at which the slope of a schedule changes. */
function bendsIn({ from, to, schedule }: ScheduleSpan): number[] {
  return [...bendsOf(schedule, samples).map((t) => from + t), to].filter((step) => step <= to);
}
