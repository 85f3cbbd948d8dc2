import { expect, it } from "vitest";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { commonSteps, differingSettings } from "../../../../src/core/recipe/difference";

it("differingSettings lists the settings in which two recipes differ, in the order of controls", () => {
  const other = { ...defaultRecipe, seed: 3, lr: 0.5, hidden: [5, 5], edits: [{ step: 9, lr: 1 }] };
  expect(differingSettings(defaultRecipe, other)).toEqual(["lr", "hidden", "seed"]);
  expect(differingSettings(defaultRecipe, { ...defaultRecipe, hidden: [5] })).toEqual([]);
});

it("commonSteps counts the steps before the first difference of two recipes", () => {
  const withEdits = (...edits: { step: number; lr?: number; beta1?: number }[]) => ({ ...defaultRecipe, edits });
  const a = withEdits({ step: 20, lr: 0.1 }, { step: 40, beta1: 0.5 });
  expect(commonSteps(a, structuredClone(a))).toBe(Number.POSITIVE_INFINITY);
  expect(commonSteps(a, withEdits({ step: 20, lr: 0.1 }))).toBe(39);
  expect(commonSteps(a, withEdits({ step: 20, lr: 0.2 }, { step: 40, beta1: 0.5 }))).toBe(19);
  expect(commonSteps(a, withEdits({ step: 20, lr: 0.1, beta1: 0.5 }))).toBe(19);
  expect(commonSteps(a, withEdits({ step: 11, lr: 0.1 }, ...a.edits))).toBe(10);
  expect(commonSteps(a, { ...a, lr: 0.1 })).toBe(0);
});
