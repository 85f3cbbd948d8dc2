import "./tooltip.css";

interface Props {
  /** The subject, for the accessible name. */
  readonly about: string;
  /** One paragraph each. */
  readonly texts: readonly string[];
}

/** A “?” that shows a help text on hover, keyboard focus or touch. */
export function Hint({ about, texts }: Props) {
  return (
    <button type="button" className="hint" aria-label={`About ${about}`} data-tip={texts.join("\n")}>
      ?
    </button>
  );
}
