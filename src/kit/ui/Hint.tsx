import "./tooltip.css";

interface Props {
  /** What it is about, for those who hear it. */
  readonly about: string;
  /** Sentences, a paragraph each. */
  readonly texts: readonly string[];
}

/** A question mark that says what a quantity is and what to look for: by mouse, key or touch. */
export function Hint({ about, texts }: Props) {
  return (
    <button type="button" className="hint" aria-label={`About ${about}`} data-tip={texts.join("\n")}>
      ?
    </button>
  );
}
