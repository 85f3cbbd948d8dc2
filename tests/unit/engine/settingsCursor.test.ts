import { expect, test } from "vitest";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import { type Recipe, settingsAt } from "../../../src/core/recipe/recipe";
import { SettingsCursor } from "../../../src/engine/settingsCursor";

const recipe: Recipe = {
  ...defaultRecipe,
  edits: [
    { step: 1, lr: 0.5 },
    { step: 4, beta1: 0.3 },
    { step: 5, lr: 0.2, batchSize: 7 },
  ],
};

test("SettingsCursor gives at consecutive steps the settings of the recipe at each step", () => {
  const cursor = new SettingsCursor(recipe);
  for (let step = 1; step <= 7; step++) expect(cursor.advanceTo(step)).toEqual(settingsAt(recipe, step));
});

test("SettingsCursor continues after moveTo with the edits of the recipe given", () => {
  const cursor = new SettingsCursor(recipe);
  for (let step = 1; step <= 6; step++) cursor.advanceTo(step);
  expect(cursor.moveTo(3, recipe)).toEqual(settingsAt(recipe, 3));
  expect(cursor.advanceTo(4)).toEqual(settingsAt(recipe, 4));
  const other: Recipe = { ...recipe, edits: [{ step: 5, lr: 0.9 }] };
  expect(cursor.moveTo(4, other)).toEqual(settingsAt(other, 4));
  expect(cursor.advanceTo(5).lr).toBe(0.9);
});
