/** The version in package.json, put in place by the build. */
declare const __APP_VERSION__: string;

/** A formula in TeX, set in type when the page is built (ui/formulas/texPlugin.ts). */
declare module "*.tex" {
  export const formula: import("./ui/formulas/formulaNode").FormulaNode;
}
