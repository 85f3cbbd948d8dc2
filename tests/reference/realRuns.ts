import { parseRecipe } from "../../src/core/recipe/parseRecipe";
import type { Recipe } from "../../src/core/recipe/recipe";

/** The runs on real data that are compared with PyTorch, with settings as in a lecture; each takes some seconds. */
export const realRuns = {
  cars: { steps: 400, recipe: recipeOf({ dataset: "cars", hidden: [16], lr: 0.01 }) },
  penguins: { steps: 360, recipe: recipeOf({ dataset: "penguins", hidden: [8], lr: 0.01 }) },
  digits: { steps: 190, recipe: recipeOf({ dataset: "digits", hidden: [64], batchSize: 128 }) },
} as const;

export type RealRun = keyof typeof realRuns;

function recipeOf(settings: Partial<Recipe>): Recipe {
  return parseRecipe(settings).recipe;
}
