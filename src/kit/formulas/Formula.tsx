import { createElement, type ReactNode } from "react";
import type { Session } from "../../session/session";
import type { Quantity } from "../../session/view/pageView";
import type { FormulaNode } from "./formulaNode";
import "katex/dist/katex-swap.min.css";
import "./formulas.css";

interface Props {
  readonly session: Session;
  readonly formula: FormulaNode;
  /** Numbers as text, by the name in \val{name}. */
  readonly values: Readonly<Record<string, string>>;
  /** Accessible names of terms, by the name in \term{name}{…}. */
  readonly names?: Readonly<Partial<Record<string, string>>>;
}

/** A formula with numbers. A pointed or focused term highlights the same quantity in the charts. */
export function Formula({ session, formula, values, names = {} }: Props) {
  const { setEmphasis } = session.view.getState();

  function render({ className, style, children, text, term, value, svg, path }: FormulaNode, key: number): ReactNode {
    if (path) return <path key={key} d={path} />;
    if (svg) return createElement("svg", { key, ...svg, "aria-hidden": true }, children.map(render));
    // The key is the text: a changed number is a new element, which does not count as a layout shift.
    const content = value ? <span key={values[value]}>{values[value]}</span> : (text ?? children.map(render));
    if (!term) {
      return (
        <span key={key} className={value ? `${className} value value-${value}` : className} style={style}>
          {content}
        </span>
      );
    }
    const highlight = () => setEmphasis(term as Quantity);
    const clear = () => setEmphasis(null);
    return (
      <button
        key={key}
        type="button"
        className={`${className} term term-${term}`}
        aria-label={names[term] ?? term}
        onMouseEnter={highlight}
        onMouseLeave={clear}
        onFocus={highlight}
        onBlur={clear}
      >
        {content}
      </button>
    );
  }

  return (
    <div className="formula" translate="no">
      {render(formula, 0)}
    </div>
  );
}
