import { defaultRecipe } from "../../../src/core/recipe/controls";
import type { Recipe } from "../../../src/core/recipe/recipe";
import type { EngineKind } from "../../../src/engine/engine";
import { networks } from "../engines/networks";

const digits = { ...defaultRecipe, dataset: "digits", rows: 2400, inputs: 784, outputs: 10 } as const;

/** The runs beside which questions are timed: each step takes long enough that questions could delay it. */
export const questionedRuns: Readonly<Record<string, { readonly engine: EngineKind; readonly recipe: Recipe }>> = {
  "cpu, digits, hidden 64, batch 128": { engine: "cpu", recipe: { ...digits, hidden: [64], batchSize: 128 } },
  "cpu, digits, hidden 256, batch 256": { engine: "cpu", recipe: { ...digits, hidden: [256], batchSize: 256 } },
  "cpu, hidden 64,64, batch 128": { engine: "cpu", recipe: networks["10-64-64-1"] },
  "webgl, digits, hidden 64, batch 128": { engine: "webgl", recipe: { ...digits, hidden: [64], batchSize: 128 } },
  "webgl, 64-256-256-10, batch 128": { engine: "webgl", recipe: networks["64-256-256-10"] },
};
