import { expect, test } from "vitest";
import { startOf } from "../../../../src/core/data/start";
import { caseOf } from "../../../../src/core/files/runfile";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { createCpuEngine } from "../../../../src/engine/cpu/engine";
import { traceBy } from "../../../lessons/traces";

/** Five steps an epoch. */
const plain: Recipe = { ...defaultRecipe, rows: 20, inputs: 3, hidden: [4], batchSize: 4 };

test.each([
  ["ends with an epoch", { ...plain, shuffle: true }, 10, ["2"]],
  ["ends within an epoch", { ...plain, shuffle: true }, 12, []],
  ["shuffles from the first step of an epoch on", { ...plain, edits: [{ step: 6, shuffle: true }] }, 12, ["1"]],
  ["stops to shuffle in an epoch", { ...plain, shuffle: true, edits: [{ step: 4, shuffle: false }] }, 12, []],
  [
    "stops to shuffle at the first step of an epoch",
    { ...plain, shuffle: true, edits: [{ step: 6, shuffle: false }] },
    12,
    ["1"],
  ],
  ["will shuffle the epoch after its end", { ...plain, edits: [{ step: 3, shuffle: true }] }, 5, ["1"]],
  ["takes the rows in order", plain, 10, []],
] as [string, Recipe, number, string[]][])(
  "a case gives the measurements of the next minibatch again when the run %s",
  async (_, recipe, steps, epochs) => {
    const given = caseOf(recipe, startOf(recipe, null), steps);
    expect(Object.keys(given.ahead ?? {})).toEqual(epochs);
    const expected = await traceBy(createCpuEngine, recipe, steps);
    // Another seed: data, parameters and row orders come from the case.
    expect(await traceBy(createCpuEngine, { ...recipe, seed: 5 }, steps, given)).toEqual(expected);
    expect(expected.nextSlope).not.toContain(null);
  },
);
