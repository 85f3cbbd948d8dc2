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
  it("withEdit adds an edit at the next step, merged with an edit already at that step", () => {
    const once = withEdit(recipe, 10, { lr: 0.1 });
    expect(once.edits).toEqual([{ step: 11, lr: 0.1 }, ...recipe.edits]);
    expect(withEdit(once, 10, { lr: 0.2, sigma: 0.5 }).edits[0]).toEqual({ step: 11, lr: 0.2, sigma: 0.5 });
    expect(withEdit(once, 10, { lr: defaultRecipe.lr }).edits).toEqual(recipe.edits);
  });

  it("withEdit changes the base settings and keeps all edits when no step was taken", () => {
    expect(withEdit(recipe, 0, { lr: 0.1 }, 100)).toEqual({ ...recipe, lr: 0.1 });
  });

  it("withEdit removes later edits up to the last measured step and keeps planned edits after it", () => {
    expect(withEdit(recipe, 10, { lr: 0.1 }, 10).edits).toEqual([{ step: 11, lr: 0.1 }, ...recipe.edits]);
    expect(withEdit(recipe, 10, { lr: 0.1 }, 30).edits).toEqual([{ step: 11, lr: 0.1 }, recipe.edits[1]]);
    expect(withEdit(recipe, 19, { beta2: 0.9 }, 99).edits).toEqual([{ step: 20, lr: 0.05, beta2: 0.9 }]);
  });

  it("withEdit returns the same object when nothing changes", () => {
    expect(withEdit(recipe, 30, { lr: 0.05 }, 99)).toBe(recipe);
  });
});

it("foldEdits makes the settings in force the base settings", () => {
  expect(foldEdits(recipe, 30)).toEqual({ ...defaultRecipe, lr: 0.05 });
});
