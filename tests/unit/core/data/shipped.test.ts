import { describe, expect, it, test } from "vitest";
import { withSettings } from "../../../../src/core/data/fixed";
import { type ShippedSet, shippedSets } from "../../../../src/core/data/shipped";
import { startOf, tableOfCase } from "../../../../src/core/data/start";
import { parseRunFile } from "../../../../src/core/files/parseRunFile";
import { caseOf } from "../../../../src/core/files/runfile";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { commonSteps } from "../../../../src/core/recipe/difference";
import { linkOf, parseLink } from "../../../../src/core/recipe/link";
import { parseRecipe } from "../../../../src/core/recipe/parseRecipe";
import { shippedTable } from "../../support/tables";

const sets = Object.keys(shippedSets) as ShippedSet[];
const recipeOf = (dataset: ShippedSet) => parseRecipe({ dataset }).recipe;

test.each(sets)("the file of %s has the shape in shippedSets", async (set) => {
  const { train, held, inputs, outputs, loss } = await shippedTable(set);
  const { file: _, noise: __, ...shape } = shippedSets[set];
  expect({ rows: train.rows, inputs, outputs, loss }).toEqual(shape);
  expect(held?.rows).toBe(Math.floor((train.rows + (held?.rows ?? 0)) / 5));
  expect([train.x.length, train.y.length]).toEqual([train.rows * inputs, train.rows * outputs]);
  expect(held?.x.length).toBe((held?.rows ?? 0) * inputs);
});

test.each(["cars", "penguins"] as const)("the numbers of %s are standardised with the training rows", async (set) => {
  const { train, inputs } = await shippedTable(set);
  for (let column = 0; column < inputs; column++) {
    const values = Array.from({ length: train.rows }, (_, row) => train.x[row * inputs + column] ?? Number.NaN);
    if (values.every((value) => value === 0 || value === 1)) continue;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(1e-6);
    // Missing values at the mean reduce the deviation slightly.
    const spread = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    expect(spread).toBeGreaterThan(0.97);
    expect(spread).toBeLessThan(1 + 1e-6);
  }
});

test("the notes of a shipped dataset state the treatment of missing values", async () => {
  expect((await shippedTable("cars")).notes).toEqual([
    "Left out: 8 rows without “mpg”.",
    "“horsepower”: 6 missing values, set to the mean.",
  ]);
  expect((await shippedTable("penguins")).notes).toEqual([
    "“beak length”: 2 missing values, set to the mean.",
    "“beak depth”: 2 missing values, set to the mean.",
    "“flipper length”: 2 missing values, set to the mean.",
    "“body mass”: 2 missing values, set to the mean.",
    "“sex”: 11 missing values, encoded as zeros.",
  ]);
});

test("digitsOf gives pixels of mean 0 and deviation 1, and classes of equal size", async () => {
  const { train, held } = await shippedTable("digits");
  const mean = train.x.reduce((sum, value) => sum + value, 0) / train.x.length;
  const spread = train.x.reduce((sum, value) => sum + value * value, 0) / train.x.length;
  expect(Math.abs(mean)).toBeLessThan(1e-5);
  expect(Math.abs(spread - 1)).toBeLessThan(1e-5);
  const counts = new Array(10).fill(0);
  for (const rows of [train, held]) {
    rows?.y.forEach((value, i) => {
      counts[i % 10] += value;
    });
  }
  expect(counts).toEqual(new Array(10).fill(300));
});

describe("recipes with real data", () => {
  it("a link with a shipped dataset has its name only", () => {
    const { recipe, errors } = parseLink("#dataset=digits&hidden=64&batchSize=128");
    expect(errors).toEqual([]);
    expect(recipe).toMatchObject({ rows: 2400, inputs: 784, outputs: 10, hidden: [64] });
    expect(linkOf(recipe)).toBe("#batchSize=128&dataset=digits&hidden=64");
  });

  it("parseRecipe reports a shape that differs from that of the dataset", () => {
    const { recipe, errors } = parseRecipe({ dataset: "cars", rows: 5, outputs: 2 });
    expect(recipe).toMatchObject({ rows: 319, outputs: 1 });
    expect(errors).toEqual([
      "rows: found 5; allowed: 319, set by the dataset cars",
      "outputs: found 2; allowed: 1, set by the dataset cars",
    ]);
  });

  it("withSettings changes the shape and no other setting when the dataset changes", () => {
    const digits = parseRecipe({ dataset: "digits", lr: 0.01, hidden: [64] }).recipe;
    expect(parseRecipe(withSettings(digits, { dataset: "noise" }))).toEqual({
      recipe: { ...defaultRecipe, lr: 0.01, hidden: [64] },
      errors: [],
    });
    expect(parseRecipe(withSettings(defaultRecipe, { dataset: "cars" }))).toEqual({
      recipe: recipeOf("cars"),
      errors: [],
    });
    expect(withSettings({ ...defaultRecipe, rows: 7 }, { dataset: "teacher" })).toMatchObject({ rows: 7 });
  });

  it("commonSteps ignores the shape of a CSV", () => {
    const csv = { ...defaultRecipe, dataset: "csv" as const };
    expect(commonSteps(csv, { ...csv, rows: 12, inputs: 3 })).toBe(Number.POSITIVE_INFINITY);
    expect(commonSteps(csv, { ...csv, hidden: [9] })).toBe(0);
  });
});

const sameBytes = (a: Float32Array | undefined, b: Float32Array | undefined): boolean =>
  a !== undefined && b !== undefined && Buffer.compare(Buffer.from(a.buffer), Buffer.from(b.buffer)) === 0;

describe("startOf with real data", () => {
  it("startOf uses the rows of the table and throws without it", async () => {
    const table = await shippedTable("penguins");
    const { problem, held, theta, custom } = startOf(recipeOf("penguins"), null, table);
    expect(problem).toMatchObject({ sizes: [9, 5, 3], loss: "cross-entropy", rows: 276, x: table.train.x });
    expect([held, custom, theta.length]).toEqual([table.held, false, 9 * 5 + 5 + 5 * 3 + 3]);
    expect(() => startOf(recipeOf("penguins"), null)).toThrow("penguins");
    expect(() => startOf(recipeOf("cars"), null, table)).toThrow("cars");
  });

  it.each(sets)("startOf restores %s from a run file, with held-out rows", async (set) => {
    const table = await shippedTable(set);
    const recipe = recipeOf(set);
    const from = caseOf(recipe, startOf(recipe, null, table), 30);
    const file = JSON.parse(JSON.stringify({ format: "alphascope-run", version: 1, recipe, case: from }));
    const run = parseRunFile(file);
    // With the table, the start equals that of the recipe; without it, the case has all rows.
    expect(startOf(recipe, run.case, table).custom).toBe(false);
    const alone = startOf(recipe, run.case);
    expect(alone).toMatchObject({ custom: true, recipe });
    const again = tableOfCase(run.case);
    expect(again?.loss).toBe(table.loss);
    // Compared as bytes: toEqual on millions of numbers is slow.
    for (const [one, other] of [
      [alone.problem.x, table.train.x],
      [alone.held?.x, table.held?.x],
      [again?.train.x, table.train.x],
      [again?.train.y, table.train.y],
      [again?.held?.x, table.held?.x],
      [again?.held?.y, table.held?.y],
    ]) {
      expect(sameBytes(one, other)).toBe(true);
    }
  });

  it.each([
    [{ rows: 0 }, "case.held.rows: found 0; allowed: a whole number from 1 to 20000"],
    [{ x: "AAAA" }, "case.held.x"],
    [{ y: "" }, "case.held.y: found 0 values; allowed: 204"],
    [5, "case.held: found 5; allowed: an object"],
  ])("parseRunFile rejects invalid held-out rows: %o", async (change, fault) => {
    const recipe = recipeOf("penguins");
    const from = caseOf(recipe, startOf(recipe, null, await shippedTable("penguins")), 3);
    const held = typeof change === "object" ? { ...from.held, ...change } : change;
    expect(() => parseRunFile({ format: "alphascope-run", version: 1, case: { ...from, held } })).toThrow(fault);
  });
});
