import { describe, expect, it } from "vitest";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { foldEdits, withEdit } from "../../../../src/core/recipe/withEdit";

const recipe = {
  ...defaultRecipe,
  edits: [
    { step: 20, lr: 0.05 },
    { step: 40, beta1: 0.5 },
  ],
};

describe("withEdit", () => {
  it("is in force from the next step on, merged with what was changed there already", () => {
    const once = withEdit(recipe, 10, { lr: 0.1 });
    expect(once.edits).toEqual([{ step: 11, lr: 0.1 }, ...recipe.edits]);
    expect(withEdit(once, 10, { lr: 0.2, sigma: 0.5 }).edits[0]).toEqual({ step: 11, lr: 0.2, sigma: 0.5 });
    expect(withEdit(once, 10, { lr: defaultRecipe.lr }).edits).toEqual(recipe.edits);
  });

  it("moves the recipe's own settings before the first step, where all edits come again", () => {
    expect(withEdit(recipe, 0, { lr: 0.1 }, 100)).toEqual({ ...recipe, lr: 0.1 });
  });

  it("keeps edits ahead where the run has not been, and gives up those of a future that ends", () => {
    expect(withEdit(recipe, 10, { lr: 0.1 }, 10).edits).toEqual([{ step: 11, lr: 0.1 }, ...recipe.edits]);
    expect(withEdit(recipe, 10, { lr: 0.1 }, 30).edits).toEqual([{ step: 11, lr: 0.1 }, recipe.edits[1]]);
    expect(withEdit(recipe, 19, { beta2: 0.9 }, 99).edits).toEqual([{ step: 20, lr: 0.05, beta2: 0.9 }]);
  });

  it("gives the recipe itself where nothing changes", () => {
    expect(withEdit(recipe, 30, { lr: 0.05 }, 99)).toBe(recipe);
  });
});

it("folds what is in force into the recipe's own settings", () => {
  expect(foldEdits(recipe, 30)).toEqual({ ...defaultRecipe, lr: 0.05 });
});
