import type { SweepRow } from "../../../src/core/experiment/runSummary";
import { defaultRecipe } from "../../../src/core/recipe/controls";

/** A run of a sweep with these results. */
export const sweepRow = (over: Partial<SweepRow>): SweepRow => ({
  lr: 0.01,
  value: null,
  seed: 0,
  recipe: defaultRecipe,
  steps: 100,
  diverged: false,
  lastLoss: 1,
  train: { loss: 1, accuracy: null },
  held: null,
  alphaStar: 0.3,
  nextAlphaStar: 0.2,
  curve: [{ step: 100, loss: 1 }],
  ...over,
});
