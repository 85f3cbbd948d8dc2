/** A box of a formula set in type: a span, or an svg where lines are drawn, as KaTeX laid it out. */
export interface FormulaNode {
  readonly className: string;
  /** CSS, named as in script. */
  readonly style: Readonly<Record<string, string>>;
  readonly children: readonly FormulaNode[];
  readonly text?: string;
  /** A quantity that is drawn elsewhere on the page. */
  readonly term?: string;
  /** The name of a number to be filled in. */
  readonly value?: string;
  readonly svg?: Readonly<Record<string, string | undefined>>;
  readonly path?: string;
}
