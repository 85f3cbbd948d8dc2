import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { texPlugin, typeset } from "../../../src/build/texPlugin";
import type { FormulaNode } from "../../../src/kit/formulas/formulaNode";

const folder = new URL("../../../src/kit/formulas/tex/", import.meta.url);
const all = (node: FormulaNode): FormulaNode[] => [node, ...node.children.flatMap(all)];
const formula = (name: string) => all(typeset(readFileSync(new URL(name, folder), "utf8")));

it("typeset draws a root as an svg with one path", () => {
  const svgs = formula("direction.tex").filter(({ svg }) => svg);
  expect(svgs).toHaveLength(1);
  expect(svgs[0]?.children.map(({ path }) => path?.startsWith("M"))).toEqual([true]);
});

it("typeset throws a KaTeX error when the TeX is invalid", () => {
  expect(() => typeset("\\frac{1}{")).toThrow(/KaTeX/);
});

it("texPlugin keeps only the KaTeX fonts that the formulas use", () => {
  const css = readFileSync(new URL("../../../node_modules/katex/dist/katex-swap.min.css", import.meta.url), "utf8");
  const { transform } = texPlugin();
  if (typeof transform !== "function") throw new Error("The plugin has no transform.");
  const result = transform.call({} as never, css, "/x/katex/dist/katex-swap.min.css") as { code: string };
  const faces = result.code.match(/@font-face\{[^}]*\}/g) ?? [];
  expect(faces.map((face) => /url\(([^)]*)\)/.exec(face)?.[1])).toEqual([
    "fonts/KaTeX_Main-Regular.woff2",
    "fonts/KaTeX_Math-Italic.woff2",
  ]);
  // The fonts cover every class the formulas use.
  const classes = new Set(
    readdirSync(folder)
      .flatMap(formula)
      .flatMap(({ className }) => className.split(" ")),
  );
  for (const other of ["mathbf", "amsrm", "mathcal", "delimsizing"]) expect(classes).not.toContain(other);
});
