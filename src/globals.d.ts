/** The version in package.json, put in place by the build. */
declare const __APP_VERSION__: string;

/** The files of the built page, put into the service worker by the build (src/build/offlinePlugin.ts). */
declare const __PRECACHE__: import("./build/offlinePlugin").Precache;

/** A formula in TeX, set in type when the page is built (src/build/texPlugin.ts). */
declare module "*.tex" {
  export const formula: import("./kit/formulas/formulaNode").FormulaNode;
}
