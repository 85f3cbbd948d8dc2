import { defaultRecipe } from "../../../src/core/recipe/controls";
import type { Recipe } from "../../../src/core/recipe/recipe";

/** The recipes that the benchmark times, by layer widths. */
export const networks = {
  "10-5-1": defaultRecipe,
  "10-64-64-1": { ...defaultRecipe, hidden: [64, 64], batchSize: 128 },
  "64-256-256-10": {
    ...defaultRecipe,
    dataset: "classes",
    inputs: 64,
    outputs: 10,
    hidden: [256, 256],
    batchSize: 128,
  },
  /** The size of the digits. */
  "784-64-10": { ...defaultRecipe, dataset: "classes", inputs: 784, outputs: 10, hidden: [64], batchSize: 128 },
} as const satisfies Record<string, Recipe>;

export type NetworkName = keyof typeof networks;
