import katex from "katex";
import type { Plugin } from "vite";
import type { FormulaNode } from "../kit/formulas/formulaNode";

/** What our formulas may say besides TeX: a term that is drawn elsewhere on the page, and a number filled in as it changes. */
const macros = { "\\term": "\\htmlData{term=#1}{#2}", "\\val": "{\\htmlData{value=#1}{0}}" };

/** A node of KaTeX's own tree, as far as it is used here. KaTeX exports the tree, but not its types. */
interface KatexNode {
  readonly classes?: readonly string[];
  readonly style?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly KatexNode[];
  readonly text?: string;
  readonly italic?: number;
  /** Of a path within an svg: its outline. */
  readonly alternate?: string;
}
const toTree = (katex as unknown as { __renderToHTMLTree(tex: string, options: object): KatexNode }).__renderToHTMLTree;

/** A formula set in type by KaTeX: the page gets its boxes, and none of KaTeX. Throws where the TeX is wrong. */
export function typeset(source: string): FormulaNode {
  return boxed(toTree(source.trim(), { trust: true, strict: false, macros }));
}

function boxed({
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
    children: value ? [] : children.map(boxed),
  };
}

/** The fonts our formulas use; KaTeX's style sheet offers twenty, each in three formats. */
const fonts = /KaTeX_(Main-Regular|Math-Italic)\.woff2/;

/** Formulas are set in type when the page is built: `import { formula } from "./x.tex"`. */
export function texPlugin(): Plugin {
  return {
    name: "tex",
    enforce: "pre",
    transform(code, id) {
      if (id.endsWith(".tex")) {
        return { code: `export const formula = ${JSON.stringify(typeset(code))};`, map: null };
      }
      if (/katex[\w.-]*\.css$/.test(id)) {
        const used = code.replace(/@font-face\{[^}]*\}/g, (face) =>
          fonts.test(face) ? face.replace(/src:[^;}]*/, `src:url(fonts/${fonts.exec(face)?.[0]}) format("woff2")`) : "",
        );
        return { code: used, map: null };
      }
      return null;
    },
  };
}
