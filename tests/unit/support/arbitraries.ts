import fc from "fast-check";
import { isRealData } from "../../../src/core/data/shipped";
import type { Control } from "../../../src/core/recipe/control";
import { controls, defaultRecipe, liveKeys, settingKeys } from "../../../src/core/recipe/controls";
import { parseRecipe } from "../../../src/core/recipe/parseRecipe";
import type { Recipe } from "../../../src/core/recipe/recipe";
import { validSchedule } from "./schedules";

/** Any value that a script might pass. */
export const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

/** Valid values of a control, with its ends among them. */
export function validValue(control: Control): fc.Arbitrary<unknown> {
  switch (control.kind) {
    case "number": {
      const { min, max } = control;
      if (control.integer) return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
      return fc.oneof(fc.double({ min, max, noNaN: true }), fc.constantFrom(min, max, control.default));
    }
    case "choice":
      return fc.constantFrom(...control.options.map(({ value }) => value));
    case "toggle":
      return fc.boolean();
    case "widths":
      return fc.array(fc.integer({ min: control.min, max: 64 }), { maxLength: control.maxLayers });
  }
}

const settings = fc.record(Object.fromEntries(settingKeys.map((key) => [key, validValue(controls[key])])), {
  requiredKeys: [],
});
const edit = fc
  .record(
    {
      step: fc.integer({ min: 1, max: 500 }),
      ...Object.fromEntries(liveKeys.map((k) => [k, validValue(controls[k])])),
      schedule: validSchedule,
    },
    { requiredKeys: ["step"] },
  )
  // An edit of lr has a value or a schedule.
  .map((made) => ("schedule" in made ? Object.fromEntries(Object.entries(made).filter(([key]) => key !== "lr")) : made))
  .filter((made) => Object.keys(made).length > 1);

/** Valid recipes, in the form in which the parser leaves them. */
export const validRecipe: fc.Arbitrary<Recipe> = fc
  .record({ settings, edits: fc.array(edit, { maxLength: 5 }) })
  .map((made) => parseRecipe({ ...defaultRecipe, ...made.settings, edits: made.edits }).recipe);

/** Valid recipes whose data and networks are small enough to be made many times. */
export const smallRecipe: fc.Arbitrary<Recipe> = fc
  .record({
    recipe: validRecipe,
    rows: fc.integer({ min: 1, max: 40 }),
    inputs: fc.integer({ min: 1, max: 5 }),
    outputs: fc.integer({ min: 2, max: 4 }),
    hidden: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
  })
  .map(({ recipe, ...small }) => ({ ...recipe, ...small }))
  .map(withoutTable);

/** The recipe with a generated dataset, and the settings that the dataset determines. */
export function withoutTable(recipe: Recipe): Recipe {
  // Real data need their table.
  const dataset = isRealData(recipe.dataset) ? "teacher" : recipe.dataset;
  return parseRecipe({ ...recipe, dataset }).recipe;
}
