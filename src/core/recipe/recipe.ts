/**
 * The types of a recipe, which defines a run completely: the same recipe on the same engine gives the same numbers.
 * `controls.ts` has the ranges, labels and defaults.
 */

export type Activation = "relu" | "tanh" | "sigmoid";
/** `csv`: the table from the user's own file. A recipe does not include its rows. */
export type Dataset = "noise" | "teacher" | "classes" | "cars" | "penguins" | "digits" | "csv";
/** The algorithm that computes d from the gradients: see `optimisers.ts`. */
export type Optimiser = "adam" | "sgd" | "momentum" | "rmsprop" | "adamw" | "amsgrad" | "nadam";
/** The step size: `lr`, or with `alphaStar` σ·α* where the verdict is `minimum`, else lr. */
export type Rule = "lr" | "alphaStar";

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

/** A change of live settings, in force from `step` on, which is included; steps are counted from 1. */
export type Edit = { readonly step: number } & Partial<LiveSettings>;

/** The base settings of a run: all keys of a recipe but the edits. */
export interface Settings extends LiveSettings {
  readonly optimiser: Optimiser;
  readonly seed: number;
  readonly dataset: Dataset;
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Standard deviation of the noise on the targets of `teacher` and on the outputs that define `classes`. */
  readonly noise: number;
  /** Numbers of units in the hidden layers; an empty list is a linear model. */
  readonly hidden: readonly number[];
  readonly activation: Activation;
}

export interface Recipe extends Settings {
  readonly edits: readonly Edit[];
}

/** The live settings in force at `step`: the base settings with all edits up to that step applied. */
export function settingsAt(recipe: Recipe, step: number): LiveSettings {
  const { lr, beta1, beta2, eps, weightDecay, batchSize, shuffle, rule, sigma } = recipe;
  let now: LiveSettings = { lr, beta1, beta2, eps, weightDecay, batchSize, shuffle, rule, sigma };
  for (const { step: from, ...changes } of recipe.edits) if (from <= step) now = { ...now, ...changes };
  return now;
}
