import { readdirSync, readFileSync } from "node:fs";
import { expect, it, test } from "vitest";
import { typeset } from "../../../../src/build/texPlugin";
import { verdicts } from "../../../../src/core/history/alpha";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { optimiserNames, optimisers } from "../../../../src/core/recipe/optimisers";
import { settingsAt } from "../../../../src/core/recipe/recipe";
import type { Inspection } from "../../../../src/engine/inspect/inspector";
import { arithmeticOf, updateOf } from "../../../../src/features/arithmetic/arithmeticText";
import type { FormulaNode } from "../../../../src/kit/formulas/formulaNode";
import { updateFormulas } from "../../../../src/kit/formulas/updateFormulas";
import { firstAdamStep } from "../../support/adamSteps";
import { history } from "../../support/history";

const folder = new URL("../../../../src/kit/formulas/tex/", import.meta.url);
const sources = readdirSync(folder).filter((name) => name.endsWith(".tex"));
const all = (node: FormulaNode): FormulaNode[] => [node, ...node.children.flatMap(all)];
const formula = (name: string) => all(typeset(readFileSync(new URL(name, folder), "utf8")));

const inspection: Inspection = {
  step: 3,
  batch: 32,
  theta: Float64Array.of(0.5),
  gradient: Float64Array.of(0.2),
  m: Float64Array.of(0.02),
  v: Float64Array.of(4e-6),
  vMax: new Float64Array(0),
  update: firstAdamStep.update,
  direction: Float64Array.of(-0.2 / (Math.sqrt(4e-3) + 1e-8)),
  settings: settingsAt(defaultRecipe, 1),
  stepTaken: 0.001,
};

test.each(sources)("formula %s uses only numbers that the page provides", (name) => {
  const known = { ...updateOf(inspection, 0), ...arithmeticOf(history(1, {}), 1)?.values };
  const values = formula(name).flatMap(({ value }) => value ?? []);
  expect(values.length).toBeGreaterThan(0);
  for (const value of values) expect(known).toHaveProperty(value);
});

it("formula alphaStar.tex has a term for each symbol and for each number", () => {
  const terms = formula("alphaStar.tex").flatMap(({ term }) => term ?? []);
  expect(terms.toSorted()).toEqual(["alphaStar", "curvature", "curvature", "slope", "slope"]);
});

it("arithmeticOf gives the two parts of a negative curvature when dᵀGd was measured", () => {
  const run = history(1, {
    verdict: () => verdicts.indexOf("concave"),
    curvature: () => -0.3552,
    gaussNewton: () => 6.1,
  });
  expect(arithmeticOf(run, 1)?.remark).toContain(
    "dᵀHd = dᵀGd + rest = 6.10 − 6.46; the rest is the network’s own curvature.",
  );
});

it("arithmeticOf gives the numbers of the step and the remark of its verdict, and null when the step is not measured", () => {
  const run = history(verdicts.length, {
    verdict: (step) => step - 1,
    slope: () => -0.6576,
    gaussNewton: () => Number.NaN,
    curvature: () => 1.965,
    alphaStar: (step) => (step > 3 ? Number.NaN : 0.6576 / 1.965),
  });
  const [minimum, behind, concave, flat, diverged] = verdicts.map((_, at) => arithmeticOf(run, at + 1));
  expect(minimum?.values).toEqual({ slope: "−0.6576", curvature: "1.965", alphaStar: "0.3347" });
  expect(minimum?.remark).toBe(
    "α* is the best step for this minibatch along this d only. α* changes with every minibatch and is not a recommended learning rate.",
  );
  expect(behind?.remark).toContain("α* ≤ 0");
  expect(concave?.remark).toBe("Negative curvature: α* is a maximum of the quadratic model.");
  expect(flat?.remark).toContain("α* has no value");
  expect(flat?.values.alphaStar).toBe("–");
  expect(diverged?.remark).toContain("diverged");
  expect(arithmeticOf(run, 6)).toBeNull();
});

it("updateOf gives Adam's moments, normalisers and d of a parameter, and null when the parameter does not exist", () => {
  expect(updateOf(inspection, 0)).toEqual({
    g: "0.2000",
    m: "0.02000",
    v: "4.000e−6",
    vMax: "4.000e−6",
    c1: "0.1000",
    c2: "0.001000",
    mWeight: "10.00",
    gWeight: "0",
    mHat: "0.2000",
    vHat: "0.004000",
    root: "0.06325",
    d: "−3.162",
  });
  expect(updateOf(inspection, 1)).toBeNull();
});

it("updateOf gives numbers whose quotient is d for every optimiser", () => {
  const number = (text: string | undefined) => Number(text?.replace("−", "-"));
  // The d of Lion is no quotient.
  for (const name of optimiserNames.filter((one) => one !== "lion")) {
    const settings = { ...defaultRecipe, weightDecay: 0.3 };
    const update = optimisers[name].update(settings, 1, { c1: 0, c2: 0 });
    const { mTake, vTake, mWeight, gWeight, vWeight, floor, decay } = update;
    const [m, v] = [mTake * 0.2, vTake * 0.04];
    const d = -(mWeight * m + gWeight * 0.2) / (Math.sqrt(vWeight * v) + floor) - decay * 0.5;
    const vMax = optimisers[name].init(Float64Array.of(0)).vMax.map(() => v);
    const at = { m: [m], v: [v], direction: [d] };
    const vectors = Object.entries(at).map(([key, list]) => [key, Float64Array.from(list)]);
    const values = updateOf({ ...inspection, ...Object.fromEntries(vectors), vMax, update }, 0);
    const { adaptive } = optimisers[name];
    const again = -number(values?.mHat) / (adaptive ? number(values?.root) : 1);
    expect((again - decay * 0.5) / number(values?.d), name).toBeCloseTo(1, 3);
    const shown = updateFormulas[name].flatMap(all).flatMap(({ value }) => value ?? []);
    expect(shown, name).toContain("d");
  }
});
