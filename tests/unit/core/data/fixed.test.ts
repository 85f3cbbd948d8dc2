import { describe, expect, it } from "vitest";
import { isFixed, withSettings } from "../../../../src/core/data/fixed";
import { recipeOfCase, startOf } from "../../../../src/core/data/start";
import { caseOf } from "../../../../src/core/files/runfile";
import { controls, defaultRecipe } from "../../../../src/core/recipe/controls";
import { linkOf, parseLink } from "../../../../src/core/recipe/link";
import { hasEffect } from "../../../../src/core/recipe/optimisers";
import { parseRecipe } from "../../../../src/core/recipe/parseRecipe";

const recipeOf = (settings: object) => parseRecipe(settings).recipe;

describe("settings that a dataset determines", () => {
  it.each([
    ["#dataset=curve&curve=step", { inputs: 1, outputs: 1, curve: "step", hidden: [5] }],
    ["#dataset=spiral&noise=2&hidden=16,16", { inputs: 2, outputs: 2, noise: 2, hidden: [16, 16] }],
    ["#dataset=quadratic&kappa=30", { inputs: 2, outputs: 1, kappa: 30, hidden: [] }],
  ])("the link %s has the settings that its dataset leaves open", (link, settings) => {
    const { recipe, errors } = parseLink(link);
    expect(errors).toEqual([]);
    expect(recipe).toMatchObject(settings);
    expect(linkOf(recipe)).toBe(link);
  });

  it("parseRecipe reports a value other than that of the dataset", () => {
    expect(parseRecipe({ dataset: "moons", inputs: 3, outputs: 2, rows: 50 }).errors).toEqual([
      "inputs: found 3; allowed: 2, set by the dataset moons",
    ]);
  });

  it("withSettings gives back the defaults of the settings that the dataset before determined, and keeps the others", () => {
    const curve = recipeOf({ dataset: "curve", rows: 50, hidden: [9], lr: 0.1 });
    expect(recipeOf(withSettings(curve, { dataset: "noise" }))).toEqual({
      ...defaultRecipe,
      rows: 50,
      hidden: [9],
      lr: 0.1,
    });
    const quadratic = recipeOf(withSettings(curve, { dataset: "quadratic" }));
    expect(quadratic).toMatchObject({ inputs: 2, hidden: [], rows: 50 });
    expect(recipeOf(withSettings(quadratic, { dataset: "xor", hidden: [8] }))).toMatchObject({
      hidden: [8],
      outputs: 2,
    });
  });

  it("recipeOfCase keeps the dataset of a case with its sizes, and no other", () => {
    const recipe = recipeOf({ dataset: "spiral", hidden: [4], rows: 30 });
    const spiral = caseOf(recipe, startOf(recipe, null), 3);
    expect(recipeOfCase(recipe, spiral)).toEqual(recipe);
    expect(startOf(recipe, spiral).custom).toBe(false);
    const wide = recipeOf({ dataset: "classes", inputs: 3, outputs: 2, rows: 30 });
    expect(recipeOfCase(recipe, caseOf(wide, startOf(wide, null), 3)).dataset).toBe("classes");
  });

  it("isFixed is true for the settings that a user cannot change", () => {
    const fixed = (dataset: typeof defaultRecipe.dataset) =>
      Object.values(controls).flatMap(({ key }) => (isFixed(dataset, key) ? [key] : []));
    expect(fixed("noise")).toEqual([]);
    expect(fixed("csv")).toEqual(["rows", "inputs", "outputs", "noise"]);
    expect(fixed("curve")).toEqual(["inputs", "outputs"]);
    expect(fixed("quadratic")).toEqual(["inputs", "outputs", "hidden"]);
  });

  it("hasEffect is true for curve and kappa with their own dataset only", () => {
    const withEffect = (dataset: typeof defaultRecipe.dataset) =>
      (["curve", "kappa"] as const).filter((key) => hasEffect(key, { ...defaultRecipe, dataset }));
    expect([withEffect("noise"), withEffect("curve"), withEffect("quadratic")]).toEqual([[], ["curve"], ["kappa"]]);
  });
});
