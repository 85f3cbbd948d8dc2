import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { texPlugin, typeset } from "../../../../src/build/texPlugin";
import { verdicts } from "../../../../src/core/history/alpha";
import { defaultRecipe } from "../../../../src/core/recipe/controls";
import { optimiserNames, optimisers } from "../../../../src/core/recipe/optimisers";
import { settingsAt } from "../../../../src/core/recipe/recipe";
import type { Inspection } from "../../../../src/engine/inspect/inspector";
import { arithmeticOf, updateOf } from "../../../../src/features/arithmetic/arithmeticText";
import type { FormulaNode } from "../../../../src/kit/formulas/formulaNode";
import { updateFormulas } from "../../../../src/kit/formulas/ofUpdate";
import { adamStep } from "../../support/adamStep";
import { history } from "../../support/history";

const folder = new URL("../../../../src/kit/formulas/", import.meta.url);
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
  update: adamStep({ lr: 0.001, beta1: 0.9, beta2: 0.999, eps: 1e-8, c1: 0.1, c2: 0.001 }).update,
  direction: Float64Array.of(-0.2 / (Math.sqrt(4e-3) + 1e-8)),
  settings: settingsAt(defaultRecipe, 1),
  stepTaken: 0.001,
};

describe("formulas", () => {
  test.each(sources)("%s: every number in it has a value on the page", (name) => {
    const known = { ...updateOf(inspection, 0), ...arithmeticOf(history(1, {}), 1)?.values };
    const values = formula(name).flatMap(({ value }) => value ?? []);
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(known).toHaveProperty(value);
  });

  it("α*: each of its terms stands in the formula and beside its number", () => {
    const terms = formula("alphaStar.tex").flatMap(({ term }) => term ?? []);
    expect(terms.toSorted()).toEqual(["alphaStar", "curvature", "curvature", "slope", "slope"]);
  });

  it("the root is drawn: a path, and nothing but a path, within an svg", () => {
    const svgs = formula("direction.tex").filter(({ svg }) => svg);
    expect(svgs).toHaveLength(1);
    expect(svgs[0]?.children.map(({ path }) => path?.startsWith("M"))).toEqual([true]);
  });

  it("wrong TeX fails the build", () => {
    expect(() => typeset("\\frac{1}{")).toThrow(/KaTeX/);
  });

  it("of KaTeX's fonts only those used are loaded", () => {
    const css = readFileSync(
      new URL("../../../../node_modules/katex/dist/katex-swap.min.css", import.meta.url),
      "utf8",
    );
    const { transform } = texPlugin();
    if (typeof transform !== "function") throw new Error("The plugin has no transform.");
    const result = transform.call({} as never, css, "/x/katex/dist/katex-swap.min.css") as { code: string };
    const faces = result.code.match(/@font-face\{[^}]*\}/g) ?? [];
    expect(faces.map((face) => /url\(([^)]*)\)/.exec(face)?.[1])).toEqual([
      "fonts/KaTeX_Main-Regular.woff2",
      "fonts/KaTeX_Math-Italic.woff2",
    ]);
    // The fonts cover every class the formulas use.
    const classes = new Set(sources.flatMap(formula).flatMap(({ className }) => className.split(" ")));
    for (const other of ["mathbf", "amsrm", "mathcal", "delimsizing"]) expect(classes).not.toContain(other);
  });
});

describe("the numbers", () => {
  it("are the step's own, and the remark is its verdict's", () => {
    const run = history(verdicts.length, {
      verdict: (step) => step - 1,
      slope: () => -0.6576,
      curvature: () => 1.965,
      alphaStar: (step) => (step > 3 ? Number.NaN : 0.6576 / 1.965),
    });
    const [minimum, behind, concave, flat, diverged] = verdicts.map((_, at) => arithmeticOf(run, at + 1));
    expect(minimum?.values).toEqual({ slope: "−0.6576", curvature: "1.965", alphaStar: "0.3347" });
    expect(minimum?.remark).toBe(
      "Best for this batch, along this d. Not the best learning rate: the next batch will want another.",
    );
    expect(behind?.remark).toContain("α* ≤ 0");
    expect(concave?.remark).toContain("maximum");
    expect(flat?.remark).toContain("division by zero");
    expect(flat?.values.alphaStar).toBe("–");
    expect(diverged?.remark).toContain("diverged");
    expect(arithmeticOf(run, 6)).toBeNull();
  });

  it("of Adam's lines follow from its moments and give its d", () => {
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

  it("of every optimiser's lines give its d", () => {
    const number = (text: string | undefined) => Number(text?.replace("−", "-"));
    for (const name of optimiserNames) {
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
});
