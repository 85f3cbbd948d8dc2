import { optimisers } from "../recipe/optimisers";
import { type LiveSettings, type Optimiser, type Recipe, settingsAt } from "../recipe/recipe";

/** The stability threshold (`OptimiserDefinition.threshold`) from a step on. */
export interface ThresholdPiece {
  readonly step: number;
  /** null with the step rule σ·α*. */
  readonly threshold: number | null;
}

/** The number of samples of a threshold that changes without an edit, as that of NAdam. */
const samples = 100;

/** The stability threshold for steps of size lr; null with the step rule `alphaStar`, whose step size differs in each minibatch. */
export function thresholdOf(optimiser: Optimiser, settings: LiveSettings, step: number): number | null {
  return settings.rule === "lr" ? optimisers[optimiser].threshold(settings, step) : null;
}

/** The stability threshold at a step of a run, with the settings in force at that step. */
export function thresholdAt(recipe: Recipe, step: number): number | null {
  return thresholdOf(recipe.optimiser, settingsAt(recipe, step), step);
}

/**
 * The stability threshold over the steps `from` … `to` as a piecewise constant function: the threshold at `from`, and each step
 * at which it changes. Changes by edits are exact; other changes are sampled. O(edits + samples).
 */
export function thresholdsOver(recipe: Recipe, from: number, to: number): ThresholdPiece[] {
  const sampled = Array.from({ length: samples }, (_, i) => ({ step: from + Math.floor((i * (to - from)) / samples) }));
  const edits = recipe.edits.filter(({ step }) => step > from && step <= to);
  const pieces: ThresholdPiece[] = [];
  let now = settingsAt(recipe, from);
  // The sort is stable, so an edit follows the sample of its step.
  for (const { step, ...changes } of [...sampled, ...edits].sort((a, b) => a.step - b.step)) {
    now = { ...now, ...changes };
    if (pieces.at(-1)?.step === step) pieces.pop();
    const threshold = thresholdOf(recipe.optimiser, now, step);
    if (pieces.at(-1)?.threshold !== threshold) pieces.push({ step, threshold });
  }
  return pieces;
}
