import katex from "katex";
import type { Plugin } from "vite";
import type { FormulaNode } from "../kit/formulas/formulaNode";
import { layerOrder } from "./cssLayersPlugin.ts";

/** Macros of the .tex files: \term{name}{…}, a term that highlights a quantity in the charts, and \val{name}, a number filled in by the page. */
const macros = { "\\term": "\\htmlData{term=#1}{#2}", "\\val": "{\\htmlData{value=#1}{0}}" };

/** The properties of KaTeX's HTML tree that are used here. KaTeX exports the function, but no types for it. */
interface KatexNode {
  readonly classes?: readonly string[];
  readonly style?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly KatexNode[];
  readonly text?: string;
  readonly italic?: number;
  /** The outline of a path within an svg. */
  readonly alternate?: string;
}
const renderToTree = (katex as unknown as { __renderToHTMLTree(tex: string, options: object): KatexNode })
  .__renderToHTMLTree;

/** Typesets TeX at build time, so that the page does not contain KaTeX. Throws a KaTeX ParseError for invalid TeX. */
export function typeset(source: string): FormulaNode {
  return nodeOf(renderToTree(source.trim(), { trust: true, strict: false, macros }));
}

function nodeOf({
  classes = [],
  style = {},
  attributes = {},
  children = [],
  text,
  italic,
  alternate,
}: KatexNode): FormulaNode {
  const { "data-term": term, "data-value": value, viewBox, preserveAspectRatio, width, height } = attributes;
  return {
    className: classes.filter(Boolean).join(" "),
    style: italic ? { ...style, marginRight: `${italic}em` } : style,
    ...(term && { term }),
    ...(value && { value }),
    ...(text && { text }),
    ...(alternate && { path: alternate }),
    ...(viewBox && { svg: { viewBox, preserveAspectRatio: preserveAspectRatio ?? "none", width, height } }),
    children: value ? [] : children.map(nodeOf),
  };
}

/** The fonts that the formulas use, of the twenty in KaTeX's style sheet. */
const fonts = /KaTeX_(Main-Regular|Math-Italic)\.woff2/;

/** Lets modules import typeset formulas, `import { formula } from "./x.tex"`, and drops unused fonts from KaTeX's style sheet. */
export function texPlugin(): Plugin {
  return {
    name: "tex",
    enforce: "pre",
    transform(code, id) {
      if (id.endsWith(".tex")) {
        return { code: `export const formula = ${JSON.stringify(typeset(code))};`, map: null };
      }
      if (/katex[\w.-]*\.css$/.test(id)) {
        const withUsedFonts = code.replace(/@font-face\{[^}]*\}/g, (face) =>
          fonts.test(face) ? face.replace(/src:[^;}]*/, `src:url(fonts/${fonts.exec(face)?.[0]}) format("woff2")`) : "",
        );
        // Imported by a module and not by @import, which would skip this plugin.
        return { code: `${layerOrder}\n@layer vendor{${withUsedFonts}}`, map: null };
      }
      return null;
    },
  };
}
