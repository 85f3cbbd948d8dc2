import { rateAt, type Schedule } from "../schedule/schedule";

/**
 * The types of a recipe, which defines a run completely: the same recipe on the same engine gives the same numbers.
 * `controls.ts` has the ranges, labels and defaults.
 */

export type Activation = "relu" | "tanh" | "sigmoid";
/** `csv`: the table from the user's own file. A recipe does not include its rows. */
export type Dataset =
  | "noise"
  | "teacher"
  | "classes"
  | "curve"
  | "spiral"
  | "circles"
  | "xor"
  | "moons"
  | "quadratic"
  | "cars"
  | "penguins"
  | "digits"
  | "csv";
/** The functions of the dataset `curve`: see `data/curve.ts`. */
export type Curve = "sine" | "step" | "sum";
/** The algorithm that computes d from the gradients: see `optimisers.ts`. */
export type Optimiser = "adam" | "sgd" | "momentum" | "rmsprop" | "adamw" | "amsgrad" | "nadam" | "lion";
/**
 * The step size: `lr`; with `alphaStar` σ·α* where the verdict is `minimum`; with `alphaStarGN` the same with dᵀGd in place of
 * dᵀHd, where d descends; else lr (`greedyStep`).
 */
export const ruleTexts = { lr: "lr", alphaStar: "σ·α*", alphaStarGN: "σ·α* (G)" } as const;
export type Rule = keyof typeof ruleTexts;

/** The settings that may change during a run. */
export interface LiveSettings {
  readonly lr: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  /** λ, which only AdamW reads. */
  readonly weightDecay: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly rule: Rule;
  readonly sigma: number;
}

/** New values of live settings, and a schedule for a setting without a new value. */
export type Change = Partial<LiveSettings> & { readonly schedule?: Schedule };

/** A change during a run. A schedule of null ends the schedule in force, and lr stays at its value where it has no new one. */
export type LiveChange = Partial<LiveSettings> & { readonly schedule?: Schedule | null };

/**
 * A change in force from `step` on, which is included; steps are counted from 1. A schedule has t = 0 at `step`, and ends at
 * the next edit of its key.
 */
export type Edit = { readonly step: number } & Change;

/** The base settings of a run: all keys of a recipe but the edits. */
export interface Settings extends LiveSettings {
  readonly optimiser: Optimiser;
  readonly seed: number;
  readonly dataset: Dataset;
  readonly curve: Curve;
  /** The condition number κ of the Hessian of the dataset `quadratic`. */
  readonly kappa: number;
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
  /**
   * Standard deviation of the noise on the targets of `teacher` and on the outputs that define `classes`; in tenths on the targets of
   * `curve` and `quadratic` and on the inputs of the classes in the plane.
   */
  readonly noise: number;
  /** Numbers of units in the hidden layers; an empty list is a linear model. */
  readonly hidden: readonly number[];
  readonly activation: Activation;
}

export interface Recipe extends Settings {
  readonly edits: readonly Edit[];
}

/** The values set last, and the schedule that replaces one of them. */
export interface InForce {
  readonly values: LiveSettings;
  readonly scheduled: { readonly from: number; readonly schedule: Schedule } | null;
}

/** The state before the first edit of a recipe. */
export function baseOf({ lr, beta1, beta2, eps, weightDecay, batchSize, shuffle, rule, sigma }: Recipe): InForce {
  return { values: { lr, beta1, beta2, eps, weightDecay, batchSize, shuffle, rule, sigma }, scheduled: null };
}

export function afterEdit({ values, scheduled }: InForce, { step, schedule, ...changes }: Edit): InForce {
  const ends = scheduled !== null && scheduled.schedule.key in changes;
  return {
    values: { ...values, ...changes },
    scheduled: schedule ? { from: step, schedule } : ends ? null : scheduled,
  };
}

/** The base settings of a recipe with all edits up to `step` applied. O(edits) */
export function inForceAt(recipe: Recipe, step: number): InForce {
  let now = baseOf(recipe);
  for (const edit of recipe.edits) if (edit.step <= step) now = afterEdit(now, edit);
  return now;
}

/** The settings at `step`, before the next edit. */
export function settingsOf({ values, scheduled }: InForce, step: number): LiveSettings {
  return scheduled
    ? { ...values, [scheduled.schedule.key]: rateAt(scheduled.schedule, step - scheduled.from) }
    : values;
}

/** The values that a change gives at its first step; without lr where the change only ends a schedule. */
export function valuesOf({ schedule, ...settings }: LiveChange): Partial<LiveSettings> {
  return schedule ? { ...settings, [schedule.key]: rateAt(schedule, 0) } : settings;
}

/** The live settings in force at `step`. O(edits) */
export const settingsAt = (recipe: Recipe, step: number): LiveSettings => settingsOf(inForceAt(recipe, step), step);
