import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { datasets, initialParameters } from "../../../../src/core/data/datasets";
import { tensorsOf } from "../../../../src/core/data/problem";
import { epochShuffling } from "../../../../src/core/data/sampler";
import { recipeOfCase, startOf } from "../../../../src/core/data/start";
import { encodeFloat32 } from "../../../../src/core/files/base64";
import type { Case } from "../../../../src/core/files/case";
import { makeRunFile } from "../../../../src/core/files/runfile";
import { History } from "../../../../src/core/history/history";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { parseRecipe } from "../../../../src/core/recipe/parseRecipe";
import type { Recipe } from "../../../../src/core/recipe/recipe";
import { smallRecipe } from "../../support/arbitraries";
import { measuredColumns } from "../../support/measured";
import { readCase } from "../../support/reference";

/** The case of a recipe's first `steps` steps. */
function caseOf(recipe: Recipe, steps: number): Case {
  const start = startOf(recipe, null);
  const history = new History(tensorsOf(start.problem.sizes));
  if (steps > 0) history.append(measuredColumns(1, steps, history.tensors));
  return makeRunFile({ recipe, start, history, theta: start.theta, engine: "cpu", app: "0" }).case;
}

const ordersOf = ({ orderOf }: ReturnType<typeof startOf>, shuffled: boolean) =>
  Array.from({ length: 12 }, (_, epoch) => Array.from(orderOf(epoch, shuffled)));

describe("startOf a recipe", () => {
  test("startOf a recipe gives its data, parameters and sizes", () => {
    const recipe = parseRecipe({ dataset: "classes", outputs: 3, hidden: [4, 6], activation: "tanh", seed: 9 }).recipe;
    const { problem, theta } = startOf(recipe, null);
    expect(problem).toEqual({
      sizes: [10, 4, 6, 3],
      activation: "tanh",
      loss: "cross-entropy",
      rows: 1000,
      ...datasets.classes.make(recipe),
    });
    expect(theta).toEqual(initialParameters([10, 4, 6, 3], 9));
  });

  test("orderOf depends on the seed and the epoch only, not on earlier calls", () => {
    const { orderOf } = startOf(defaultRecipe, null);
    const third = orderOf(3, true);
    expect(orderOf(2, true)).not.toEqual(third);
    expect(orderOf(3, true)).toEqual(third);
    expect(Array.from(orderOf(3, false))).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });
});

describe("startOf a case", () => {
  test("startOf a case equals the start of its recipe when all values are equal, also for later epochs", () => {
    fc.assert(
      fc.property(smallRecipe, fc.integer({ min: 0, max: 60 }), (recipe, steps) => {
        const own = startOf(recipe, null);
        const again = startOf(recipe, caseOf(recipe, steps));
        expect(again.recipe).toEqual(recipe);
        expect([again.problem, again.theta]).toEqual([own.problem, own.theta]);
        for (const shuffled of [false, true]) expect(ordersOf(again, shuffled)).toEqual(ordersOf(own, shuffled));
      }),
    );
  });

  test("startOf a case uses its data, parameters and orders when they differ from those of the recipe", () => {
    const given = readCase("sigmoid-shuffled");
    const start = startOf(defaultRecipe, given);
    expect(start.problem).toMatchObject({ sizes: [6, 12, 2], activation: "sigmoid", loss: "mse", rows: 250 });
    expect(encodeFloat32(start.problem.x)).toBe(given.x);
    expect(encodeFloat32(start.problem.y)).toBe(given.y);
    const parts = tensorsOf(given.sizes).map((t) => encodeFloat32(start.theta.subarray(t.offset, t.offset + t.size)));
    expect(parts).toEqual([given.weights[0], given.biases[0], given.weights[1], given.biases[1]]);
    const listed = given.order ?? [];
    expect(ordersOf(start, false)).toEqual([...listed, listed[9], listed[9]]);
  });

  test("startOf a case is custom when one number differs from the recipe", () => {
    const recipe = { ...defaultRecipe, rows: 20, shuffle: true };
    const honest = caseOf(recipe, 3);
    const order = honest.order?.map((rows) => rows.toReversed()) ?? [];
    const start = startOf(recipe, { ...honest, order });
    expect(order).toHaveLength(3);
    expect(ordersOf(start, true).slice(0, 3)).toEqual(order);
    // Epochs after the steps of the case are shuffled with the seed.
    expect(ordersOf(start, true)[3]).toEqual(ordersOf(startOf(recipe, null), true)[3]);
    const bias = encodeFloat32([0, 0, 0, 0, 0]);
    expect(startOf(recipe, { ...honest, biases: [bias, ...honest.biases.slice(1)] }).theta.slice(50, 55)).toEqual(
      new Float64Array(5),
    );
  });
});

describe("recipeOfCase", () => {
  test("recipeOfCase prefers the values of the case", () => {
    const recipe = parseRecipe({
      lr: 9,
      shuffle: true,
      dataset: "classes",
      outputs: 2,
      edits: [{ step: 7, lr: 1 }],
    }).recipe;
    const made = recipeOfCase(recipe, readCase("live-sliders"));
    expect(made).toMatchObject({
      lr: 0.001,
      rows: 300,
      inputs: 10,
      hidden: [5],
      outputs: 1,
      activation: "relu",
      sigma: 1,
    });
    expect(made).toMatchObject({ dataset: "noise", shuffle: false });
    expect(made.edits).toEqual([
      { step: 20, lr: 0.03 },
      { step: 35, beta1: 0.5 },
      { step: 50, beta2: 0.9, batchSize: 7 },
      { step: 70, beta1: 0.95, batchSize: 300 },
    ]);
    expect(recipeOfCase(defaultRecipe, readCase("softmax-relu")).dataset).toBe("classes");
    expect(parseRecipe(made).errors).toEqual([]);
  });

  test("recipeOfCase keeps the schedule of a recipe whose case has the same values, also with other last digits", () => {
    const schedule = { key: "lr", shape: "cosine", lr: 0.05, end: 0, length: 40 } as const;
    const recipe = {
      ...defaultRecipe,
      rows: 60,
      edits: [
        { step: 3, beta1: 0.5, schedule },
        { step: 9, shuffle: true },
      ],
    };
    const made = caseOf(recipe, 30);
    expect(recipeOfCase(recipe, made).edits).toEqual(recipe.edits);
    const entries = Object.entries(made.changes);
    const scaled = (factor: number) => ({
      ...made,
      changes: Object.fromEntries(
        entries.map(([step, { lr, ...more }]) => [step, { ...more, lr: factor * (lr ?? 0) }]),
      ),
    });
    expect(recipeOfCase(recipe, scaled(1 + 2e-16)).edits).toEqual(recipe.edits);
    const other = recipeOfCase(recipe, scaled(1.001)).edits;
    expect(other.slice(0, 2)).toEqual([
      { step: 3, lr: expect.closeTo(0.05005, 12), beta1: 0.5 },
      { step: 4, lr: expect.any(Number) },
    ]);
    expect(other).toHaveLength(28);
    expect(other.every(({ schedule }) => schedule === undefined)).toBe(true);
  });

  test("recipeOfCase keeps edits of shuffle, which a case does not have", () => {
    const recipe = { ...defaultRecipe, edits: [{ step: 20, shuffle: true, lr: 5 }] };
    expect(recipeOfCase(recipe, readCase("live-sliders")).edits[0]).toEqual({ step: 20, lr: 0.03, shuffle: true });
  });
});

test("caseOf lists the row orders of the epochs of its steps", () => {
  fc.assert(
    fc.property(smallRecipe, fc.integer({ min: 1, max: 60 }), (recipe, steps) => {
      const { order } = caseOf(recipe, steps);
      const { orderOf } = startOf(recipe, null);
      const begun = epochShuffling(recipe, recipe.rows, steps);
      const orders = begun.map((shuffled, epoch) => Array.from(orderOf(epoch, shuffled)));
      expect(order).toEqual(begun.includes(true) ? orders : undefined);
    }),
  );
});
