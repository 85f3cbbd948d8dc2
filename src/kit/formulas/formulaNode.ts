/** A node of a formula typeset by KaTeX: a span, an svg (for drawn lines) or a path inside an svg. */
export interface FormulaNode {
  readonly className: string;
  /** CSS properties in camelCase. */
  readonly style: Readonly<Record<string, string>>;
  readonly children: readonly FormulaNode[];
  readonly text?: string;
  /** The quantity that this term highlights in the charts. */
  readonly term?: string;
  /** The name of the number that replaces this node. */
  readonly value?: string;
  readonly svg?: Readonly<Record<string, string | undefined>>;
  /** The outline of a path. */
  readonly path?: string;
}
