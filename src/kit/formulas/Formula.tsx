import { createElement, type ReactNode } from "react";
import type { Quantity } from "../../session/pageView";
import type { Session } from "../../session/session";
import type { FormulaNode } from "./formulaNode";

interface Props {
  readonly session: Session;
  readonly formula: FormulaNode;
  /** The numbers to fill in, as text. */
  readonly values: Readonly<Record<string, string>>;
  /** What a term is called where it can only be heard. */
  readonly names?: Readonly<Partial<Record<string, string>>>;
}

/** A formula with numbers in it; pointing at one of its terms shows where on the page that is drawn. */
export function Formula({ session, formula, values, names = {} }: Props) {
  const { setEmphasis } = session.view.getState();

  function drawn({ className, style, children, text, term, value, svg, path }: FormulaNode, key: number): ReactNode {
    if (path) return <path key={key} d={path} />;
    if (svg) return createElement("svg", { key, ...svg, "aria-hidden": true }, children.map(drawn));
    // Keyed: a number takes the place of the one before, whatever their lengths, and moves no other.
    const inside = value ? <span key={values[value]}>{values[value]}</span> : (text ?? children.map(drawn));
    if (!term) {
      return (
        <span key={key} className={value ? `${className} value value-${value}` : className} style={style}>
          {inside}
        </span>
      );
    }
    const point = () => setEmphasis(term as Quantity);
    const leave = () => setEmphasis(null);
    return (
      <button
        key={key}
        type="button"
        className={`${className} term term-${term}`}
        aria-label={names[term] ?? term}
        onMouseEnter={point}
        onMouseLeave={leave}
        onFocus={point}
        onBlur={leave}
      >
        {inside}
      </button>
    );
  }

  return <div className="formula">{drawn(formula, 0)}</div>;
}
