import { expect, it } from "vitest";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { stepAtEpoch } from "../../../../src/features/transport/epochs";

it("stepAtEpoch returns the step that ends an epoch, from the current position and batch size", () => {
  const at = (step: number, epoch: number, batchSize = 32) => ({
    step,
    epoch,
    recipe: defaultRecipe,
    settings: { ...defaultRecipe, batchSize },
  });
  expect(stepAtEpoch(at(0, 0), 100)).toBe(3200);
  expect(stepAtEpoch(at(32, 1), 2)).toBe(64);
  expect(stepAtEpoch(at(1, 0.032), 1)).toBe(32);
  expect(stepAtEpoch(at(237, 7 + (13 * 32) / 1000), 8)).toBe(256);
  expect(stepAtEpoch(at(0, 0, 5000), 3)).toBe(3);
  expect(stepAtEpoch(at(64, 2), 2)).toBeLessThanOrEqual(64);
});
