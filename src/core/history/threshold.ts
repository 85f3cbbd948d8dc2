import { optimisers } from "../recipe/optimisers";
import { type LiveSettings, type Optimiser, type Recipe, settingsAt } from "../recipe/recipe";

/** The edge of stability (`OptimiserDefinition.threshold`, in units of 1/step) as it stands from a step on. */
export interface ThresholdPiece {
  readonly step: number;
  /** null where there is none: `thresholdOf`. */
  readonly threshold: number | null;
}

/** Places at which a threshold that moves by itself, as NAdam's does, is looked at anew. */
const samples = 100;

/** The edge of stability of a step by lr; null where the rule is `alphaStar`, whose steps are as long as each batch has it. */
export function thresholdOf(optimiser: Optimiser, settings: LiveSettings, step: number): number | null {
  return settings.rule === "lr" ? optimisers[optimiser].threshold(settings, step) : null;
}

/** The edge of stability of a run's step, by the settings in force there. */
export function thresholdAt(recipe: Recipe, step: number): number | null {
  return thresholdOf(recipe.optimiser, settingsAt(recipe, step), step);
}

/**
 * The edge of stability over the steps `from` … `to`, as pieces: where it stands at first, and each step at which it has
 * moved. Edits are exact; what moves by itself is sampled. O(edits + samples).
 */
export function thresholdsOver(recipe: Recipe, from: number, to: number): ThresholdPiece[] {
  const sampled = Array.from({ length: samples }, (_, i) => ({ step: from + Math.floor((i * (to - from)) / samples) }));
  const edits = recipe.edits.filter(({ step }) => step > from && step <= to);
  const pieces: ThresholdPiece[] = [];
  let now = settingsAt(recipe, from);
  // Sorting keeps an edit behind the sample of its step.
  for (const { step, ...changes } of [...sampled, ...edits].sort((a, b) => a.step - b.step)) {
    now = { ...now, ...changes };
    if (pieces.at(-1)?.step === step) pieces.pop();
    const threshold = thresholdOf(recipe.optimiser, now, step);
    if (pieces.at(-1)?.threshold !== threshold) pieces.push({ step, threshold });
  }
  return pieces;
}
