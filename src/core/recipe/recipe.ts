/**
 * The run as a value. Two people with the same recipe and the same engine see the same run.
 * Ranges, labels and defaults stand in one table, `controls.ts`; here are only the types.
 */

export type Activation = "relu" | "tanh" | "sigmoid";
/** `csv` is the table that the page holds: a file of the user's own, which no recipe carries. */
export type Dataset = "noise" | "teacher" | "classes" | "cars" | "penguins" | "digits" | "csv";
/** What makes the direction d of the gradients: see `optimisers.ts`. */
export type Optimiser = "adam" | "sgd" | "momentum" | "rmsprop" | "adamw" | "amsgrad" | "nadam";
/** How far to step along d: `lr`, or σ·α* wherever the parabola has a minimum ahead. */
export type Rule = "lr" | "alphaStar";

/** The settings that may change while the run goes on. */
export interface LiveSettings {
  readonly lr: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  /** λ, of AdamW. */
  readonly weightDecay: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly rule: Rule;
  readonly sigma: number;
}

/** Settings changed live, in force from `step` on, that step included; steps count from 1. */
export type Edit = { readonly step: number } & Partial<LiveSettings>;

/** What a run starts from: everything but the edits made while it ran. */
export interface Settings extends LiveSettings {
  readonly optimiser: Optimiser;
  readonly seed: number;
  readonly dataset: Dataset;
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Standard deviation of the noise on the teacher's targets. */
  readonly noise: number;
  /** Widths of the hidden layers; none is a linear model. */
  readonly hidden: readonly number[];
  readonly activation: Activation;
}

export interface Recipe extends Settings {
  readonly edits: readonly Edit[];
}

/** The live settings in force at `step`: the recipe's own with every edit up to that step laid over them. */
export function settingsAt(recipe: Recipe, step: number): LiveSettings {
  const { lr, beta1, beta2, eps, weightDecay, batchSize, shuffle, rule, sigma } = recipe;
  let now: LiveSettings = { lr, beta1, beta2, eps, weightDecay, batchSize, shuffle, rule, sigma };
  for (const { step: from, ...changes } of recipe.edits) if (from <= step) now = { ...now, ...changes };
  return now;
}
